import { sql } from 'kysely';
import type { Database } from '../src/platform/db/database.ts';

export const workspaceId = 'T0BENCH';

const people = 200;
const accounts = 400;
const vocabularySize = 25_000;
/** Words that people use in such notes, the most frequent first; what follows them is made of syllables. */
const spoken =
  'customer price invoice support meeting renewal contract team product payment report export filter dashboard onboarding security access account approval budget pilot rollout training feedback integration migration ticket outage latency checkout refund currency discount licence quarter roadmap deadline workshop interview prototype survey upgrade version mobile desktop search alert calendar reminder template spreadsheet partner supplier reseller warehouse delivery courier compliance audit privacy consent retention region language translation accessibility keyboard printer scanner barcode receipt wallet voucher loyalty subscription mortgage pension insurance claim tariff meter container inventory catalogue bundle category basket warranty repair booking boarding itinerary hotel rental vehicle fleet traffic parking battery sensor firmware gateway'.split(
    ' ',
  );
const syllables =
  'ba ce di fo gu ha je ki lo mu na pe ri so tu va we xi yo za bra cle dri flo gru pla tre sho chi wal'.split(
    ' ',
  );

/** The same numbers in every run (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function vocabulary(): string[] {
  const made = Array.from({ length: vocabularySize - spoken.length }, (_, index) => {
    const part = (at: number) => syllables[at % syllables.length] ?? '';
    return `${part(index)}${part(Math.floor(index / 30))}${part(Math.floor(index / 900))}rn`;
  });
  return [...spoken, ...made];
}

/** Texts whose words are as frequent as in real ones: the second half as often as the first, and so on (Zipf). */
function writer(seed: number): (words: number) => string {
  const random = randomFrom(seed);
  const words = vocabulary();
  const sums: number[] = [];
  words.reduce((sum, _, rank) => {
    sums.push(sum + 1 / (rank + 3));
    return sums[rank] ?? 0;
  }, 0);
  const total = sums.at(-1) ?? 1;
  const one = (): string => {
    const wanted = random() * total;
    let [low, high] = [0, sums.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sums[middle] ?? 0) < wanted) low = middle + 1;
      else high = middle;
    }
    return words[low] ?? '';
  };
  return (count) => Array.from({ length: count }, one).join(' ');
}

/** Fills a migrated database with so many conversations and so many decisions, over three years. */
export async function fillTexts(db: Database, each: number): Promise<void> {
  await sql`insert into workspaces (id, name) values (${workspaceId}, 'Bench')`.execute(db);
  await sql`insert into people (workspace_id, slack_id, name)
    select ${workspaceId}, 'U0P' || n, 'Person ' || n from generate_series(1, ${people}::int) n`.execute(db);
  await sql`insert into accounts (workspace_id, key, name, created_at)
    select ${workspaceId}, 'account-' || n, 'Account ' || n, now()
    from generate_series(1, ${accounts}::int) n`.execute(db);
  const write = writer(7);
  const random = randomFrom(11);
  const batch = 1_000;
  // Most is written down within a week or two.
  const daysAgo = (written: number, chance: number) => Math.floor(1_095 * (1 - written / each) + 14 * chance);
  for (let from = 0; from < each; from += batch) {
    const size = Math.min(batch, each - from);
    const talks = Array.from({ length: size }, () => ({
      days: daysAgo(from, random()),
      topic: write(4),
      notes: write(40 + Math.floor(random() * 120)),
    }));
    await sql`
      insert into conversations (workspace_id, account_id, by_id, held_on, topic, notes, created_at)
      select ${workspaceId}, (select min(id) from accounts) + days % ${accounts}::int,
        (select min(id) from people) + days % ${people}::int, current_date - days, topic, notes,
        now() - make_interval(days => days)
      from json_to_recordset(${JSON.stringify(talks)}::json) as g (days int, topic text, notes text)`.execute(
      db,
    );
    const decisions = Array.from({ length: size }, (_, index) => ({
      number: from + index + 1,
      days: daysAgo(from, random()),
      question: write(10),
      outcome: write(15),
      why: write(20 + Math.floor(random() * 60)),
    }));
    await sql`
      insert into decisions (workspace_id, number, question, driver_id, approver_id, state, outcome, why, created_at,
        created_by, decided_at, decided_by)
      select ${workspaceId}, number, question, who.id, who.id, 'decided', outcome, why, at, who.id, at, who.id
      from json_to_recordset(${JSON.stringify(decisions)}::json)
        as g (number int, days int, question text, outcome text, why text),
      lateral (select now() - make_interval(days => days) as at) moment,
      lateral (select (select min(id) from people) + days % ${people}::int as id) who`.execute(db);
  }
  await sql`vacuum analyze`.execute(db);
}

/** Words by how many of the conversations have them. */
export async function wordsByFrequency(db: Database): Promise<{ word: string; share: number }[]> {
  const { rows } = await sql<{ word: string; share: number }>`
    select word, ndoc::float / (select count(*) from conversations) as share
    from ts_stat('select search from conversations') order by ndoc desc, word`.execute(db);
  return rows;
}
