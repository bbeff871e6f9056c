import { stat } from 'node:fs/promises';
import { type Identity, runProgram } from './program.ts';
import { EmbeddedPostgresRefusal } from './refusal.ts';

const ACCOUNT = 'cairn';

/**
 * Accounts that a system often has, for where `cairn` cannot be made (a read-only /etc, no useradd). `postgres`
 * first: it exists for data like ours, while `nobody` is shared with whatever else was given no account.
 */
const FALLBACK_ACCOUNTS = ['postgres', 'nobody'];

/**
 * Says as whom PostgreSQL has to run for the cluster in `clusterDir`: PostgreSQL refuses to run as root, so root
 * gets the account that owns the cluster already, else `cairn` (made if missing), else what the system has.
 * Anyone else runs it as themselves, and is refused if the cluster is another's.
 */
export async function findServerIdentity(clusterDir: string): Promise<Identity> {
  const ownUid = process.getuid?.();
  const owner = await findOwner(clusterDir);
  if (ownUid !== 0) {
    if (owner && owner.uid !== ownUid) {
      throw new EmbeddedPostgresRefusal(
        `The data in ${clusterDir} belong to another user (uid ${owner.uid}); start Cairn as that user or as root.`,
      );
    }
    return undefined;
  }
  if (process.platform !== 'linux') {
    throw new EmbeddedPostgresRefusal(
      'PostgreSQL does not run as root, and Cairn can change to another user on Linux only: start Cairn as an ordinary user.',
    );
  }
  // Root as the owner comes from a restored backup or a chown; such a cluster is handed to the account below.
  const identity = owner && owner.uid !== 0 ? owner : await findOrAddAccount();
  if (!(await canBecome(identity))) throw cannotBecomeAnyone();
  return identity;
}

/** Gives a folder of ours to the account that serves it, also after a restore that left everything to root. */
export async function giveTo(identity: Identity, path: string): Promise<void> {
  if (!identity || (await stat(path)).uid === identity.uid) return;
  // chown takes the folder itself last, so that a run killed half-way is seen above and done again.
  const result = await runProgram('chown', ['-R', '-h', `${identity.uid}:${identity.gid}`, path]);
  if (!result.ok)
    throw new EmbeddedPostgresRefusal(`Cannot give ${path} to uid ${identity.uid}: ${result.output}`);
}

async function findOwner(path: string): Promise<Identity> {
  const found = await stat(path).catch(() => undefined);
  return found && { uid: found.uid, gid: found.gid };
}

async function findOrAddAccount(): Promise<Identity> {
  const existing = await findAccount(ACCOUNT);
  if (await canBecome(existing)) return existing;
  await addAccount();
  for (const name of [ACCOUNT, ...FALLBACK_ACCOUNTS]) {
    const identity = await findAccount(name);
    if (await canBecome(identity)) return identity;
  }
  throw cannotBecomeAnyone();
}

/** Tries both families of tools. Whether it worked is seen by looking the account up: another may have been quicker. */
async function addAccount(): Promise<void> {
  const home = ['--no-create-home', '--home-dir', '/nonexistent', '--shell', '/usr/sbin/nologin'];
  const shadow = await runProgram('useradd', ['--system', '--user-group', ...home, ACCOUNT]);
  if (!shadow.ok) await runProgram('adduser', ['-S', '-D', '-H', '-s', '/sbin/nologin', ACCOUNT]);
}

/** `id` rather than /etc/passwd, because accounts may live in a directory service. */
async function findAccount(name: string): Promise<Identity> {
  const [uid, gid] = await Promise.all([runProgram('id', ['-u', name]), runProgram('id', ['-g', name])]);
  if (!uid.ok || !gid.ok || uid.output === '0') return undefined;
  return { uid: Number(uid.output), gid: Number(gid.output) };
}

/** Being root is not enough: a container may lack CAP_SETUID, or have no such uid in its map. */
async function canBecome(identity: Identity): Promise<boolean> {
  if (!identity) return false;
  const result = await runProgram('id', ['-u'], { as: identity });
  return result.ok && result.output === String(identity.uid);
}

function cannotBecomeAnyone(): EmbeddedPostgresRefusal {
  return new EmbeddedPostgresRefusal(
    'PostgreSQL does not run as root, and Cairn cannot become an unprivileged user here: start Cairn as an ordinary user, or set DATABASE_URL.',
  );
}
