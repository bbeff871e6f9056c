import { StartRefusal } from '../platform/start-refusal.ts';
import { findPageLibraries, MissingPageLibrary } from './page-libraries.ts';

/**
 * The playground, loaded with all that it needs, and nothing begun. Throws StartRefusal where an install for
 * production left its packages out.
 */
export async function loadPlayground(): Promise<typeof import('./open.ts')> {
  try {
    findPageLibraries();
    return await import('./open.ts');
  } catch (error) {
    if (!isLeftOut(error)) throw error;
    throw new StartRefusal(
      'The playground needs packages that this install left out. Run npm ci without --omit=dev, or set SLACK_BOT_TOKEN to connect a workspace.',
    );
  }
}

function isLeftOut(error: unknown): boolean {
  if (error instanceof MissingPageLibrary) return true;
  // A file of our own that is missing has the same code, and says "module".
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ERR_MODULE_NOT_FOUND' && String(error).includes('Cannot find package');
}
