/** Where a company keeps public holidays: codes such as DE, BE (a state of it) and a region of that. */
export type Place = { country: string; state: string | null; region: string | null };

const msPerHour = 3_600_000;
const known = new Map<string, Promise<(written: string) => string | null>>();

/**
 * The names of public holidays by their dates ("2026-12-25"), in English where there are such. Half days are none. The
 * library and its data take a while to load, so only who has a country loads them, and a place is read once a process.
 */
export async function publicHolidays(place: Place): Promise<(written: string) => string | null> {
  const key = JSON.stringify([place.country, place.state, place.region]);
  let holidays = known.get(key);
  if (holidays === undefined) {
    holidays = read(place);
    known.set(key, holidays);
  }
  return await holidays;
}

async function read({ country, state, region }: Place): Promise<(written: string) => string | null> {
  const { default: Holidays } = await import('date-holidays');
  const of = new Holidays(
    { country, ...(state && { state }), ...(region && { region }) },
    { types: ['public'] },
  );
  const names = new Map<string, string>();
  const years = new Set<number>();
  const readYear = (year: number): void => {
    if (years.has(year)) return;
    years.add(year);
    for (const { date, start, end, name } of of.getHolidays(year, 'en')) {
      const days = Math.round((end.getTime() - start.getTime()) / msPerHour / 24 - 0.1);
      const first = Date.parse(`${date.slice(0, 10)}T00:00Z`);
      for (let day = 0; day < days; day += 1) {
        const written = new Date(first + day * 24 * msPerHour).toISOString().slice(0, 10);
        if (!names.has(written)) names.set(written, name);
      }
    }
  };
  return (written) => {
    const year = Number(written.slice(0, 4));
    // One that lasts for days may have begun in the year before.
    readYear(year - 1);
    readYear(year);
    return names.get(written) ?? null;
  };
}
