/**
 * What `work` becomes, if it does so within `ms`; undefined when it takes longer (it goes on by itself). The
 * timer ends with the work: a thousand answers a second must not keep their contexts alive until it fires.
 */
export async function within<T>(ms: number, work: Promise<T>): Promise<{ value: T } | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, ms, undefined);
  });
  try {
    return await Promise.race([work.then((value) => ({ value })), late]);
  } finally {
    clearTimeout(timer);
  }
}
