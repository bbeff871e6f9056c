// @ts-check
import { toast } from './dom.js';

async function ask(path, init) {
  const response = await fetch(`/_fake/${path}`, init);
  const body = await response.json();
  if (!response.ok) throw new Error(body.words ?? `the playground answered ${response.status}`);
  return body;
}

/** @param {string} path */
export const get = (path) => ask(path, {});

/** Uploads a file for a form; what goes wrong is said in a toast and gives undefined. @param {string} as @param {File} file */
export async function attachFile(as, file) {
  const query = new URLSearchParams({ as, name: file.name });
  const headers = { 'content-type': 'application/octet-stream' };
  try {
    return (await ask(`attach?${query}`, { method: 'POST', headers, body: file })).file;
  } catch (error) {
    toast(error instanceof Error ? error.message : String(error));
    return undefined;
  }
}

/** Posts to the control API; what goes wrong is said in a toast and gives undefined. */
export async function act(path, body) {
  try {
    return await ask(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  } catch (error) {
    toast(error instanceof Error ? error.message : String(error));
    return undefined;
  }
}
