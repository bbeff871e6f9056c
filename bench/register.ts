import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { normalName } from '../src/features/ownership/core/names.ts';
import type { Database } from '../src/platform/db/database.ts';

/** Three hundred words, of which a million names are made: a hundred of each kind, one of each in a name. */
const first =
  'Instant Foreign Corporate Retail Mobile Virtual Digital Private Public Regional Global Nordic Iberian Alpine Coastal Urban Rural Family Student Senior Junior Premium Basic Standard Express Priority Secure Open Shared Joint Single Double Prepaid Postpaid Monthly Weekly Daily Annual Quarterly Seasonal Outbound Inbound Internal External Partner Vendor Supplier Merchant Customer Employee Freelance Wholesale Franchise Airport Harbour Railway Highway Bicycle Electric Solar Thermal Organic Frozen Fresh Packaged Custom Modular Portable Wireless Cloud Hybrid Legacy Modern Central Eastern Western Northern Southern Inner Outer Upper Lower Primary Secondary Backup Shadow Silent Active Passive Dynamic Static Guided Automatic Manual Verified Trusted Certified Licensed Insured Bonded'.split(
    ' ',
  );
const second =
  'Payment Invoice Refund Ledger Account Wallet Voucher Coupon Loyalty Subscription Contract Mortgage Pension Insurance Claim Policy Tariff Meter Parcel Pallet Container Shipment Delivery Courier Warehouse Inventory Catalogue Product Bundle Variant Category Search Filter Basket Checkout Order Return Exchange Warranty Repair Booking Reservation Ticket Boarding Itinerary Flight Hotel Rental Vehicle Driver Fleet Route Traffic Parking Charging Battery Sensor Device Firmware Gateway Router Network Signal Message Mailbox Calendar Meeting Document Signature Archive Report Dashboard Metric Survey Feedback Review Rating Comment Profile Avatar Identity Password Session Consent Privacy Audit Incident Outage Release Feature Experiment Campaign Newsletter Banner Landing Referral Affiliate Auction Donation Payroll'.split(
    ' ',
  );
const third =
  'Pricing Reporting Limits Disputes Migration Quality Uptime Roadmap Compliance Experiments Translations Accessibility Fees Alerts Documentation Retention Conversion Capacity Onboarding Analytics Forecasts Training Research Interviews Governance Procurement Staffing Budgeting Planning Scheduling Monitoring Logging Testing Rollout Support Escalations Handbook Glossary Playbooks Guidelines Branding Storytelling Launches Webinars Conferences Sponsoring Localisation Taxation Accounting Reconciliation Settlement Clearing Scoring Screening Matching Deduction Discounts Bonuses Penalties Reminders Notifications Widgets Templates Layouts Icons Colours Typography Animations Prototypes Sketches Benchmarks Profiling Caching Indexing Sharding Backfills Snapshots Restores Failovers Drills Exercises Workshops Retrospectives Surveys Panels Personas Journeys Segments Cohorts Funnels Heatmaps Recordings Transcripts Summaries Abstracts Citations References Footnotes Appendices Checklists'.split(
    ' ',
  );
/** The name of the rock with this number: three words, no two rocks alike. */
export function nameOf(index: number): string {
  const word = (words: readonly string[], at: number) => words[at % words.length] ?? '';
  return `${word(first, index)} ${word(second, Math.floor(index / 100))} ${word(third, Math.floor(index / 10_000))}`;
}

/** The same with two letters of a word swapped, which of them depending on the number. */
export function typoOf(index: number): string {
  const name = nameOf(index);
  const at = name.indexOf(' ', index % 3 === 0 ? 0 : name.indexOf(' ') + 1) + 2;
  return `${name.slice(0, at)}${name[at + 1]}${name[at]}${name.slice(at + 2)}`;
}

/** Two words that nobody has. */
export function missOf(index: number): string {
  const word = (seed: string) => letters(createHash('md5').update(seed).digest('hex').slice(0, 7));
  return `${word(`miss ${index}`)} ${word(`another ${index}`)}`;
}

/** Letters for the digits of a number, so that a word has none. */
function letters(hex: string): string {
  return hex.replace(/[0-9]/g, (digit) => String.fromCharCode('g'.charCodeAt(0) + Number(digit)));
}

/**
 * Fills a migrated database with a register of `count` rocks as real ones are: key, name, alias, summary, owner, backup,
 * team and two links; one in twenty has an alias of a made-up word of its own. Straight into the tables, with their
 * indexes made afterwards.
 */
export async function fillRegister(db: Database, count: number): Promise<void> {
  if ([first, second, third].some((words) => new Set(words).size !== 100))
    throw new Error('not a hundred words');
  await sql`insert into workspaces (id, name) values ('T0BENCH', 'Bench')`.execute(db);
  await sql`
    insert into people (workspace_id, slack_id, name, timezone)
    select 'T0BENCH', 'U0OWNER' || n, 'Owner ' || n, 'Europe/Berlin' from generate_series(1, 5000) n`.execute(
    db,
  );
  await sql`
    insert into teams (workspace_id, key, name)
    select 'T0BENCH', 'team-' || n, 'Team ' || n from generate_series(1, 50) n`.execute(db);
  await db.connection().execute(async (one) => {
    await sql`set session_replication_role = replica`.execute(one);
    const indexes = await dropIndexes(one, [
      'rocks',
      'rock_names',
      'rock_words',
      'rock_links',
      'rock_backups',
      'stints',
    ]);
    const normals = [first, second, third].map((words) => words.map(normalName));
    await sql`
      insert into rocks (workspace_id, key, name, summary, type, weight, team_id, created_at)
      select 'T0BENCH', 'rock-' || n, w1 || ' ' || w2 || ' ' || w3,
        'What the ' || lower(w2) || ' of ' || lower(w1) || ' ones needs, in one plain sentence.', 'area', 2,
        (select min(id) from teams) + n % 50, now()
      from ${numbered(count)} cross join lateral ${threeOf(first, second, third)} order by n`.execute(one);
    const [, ...kinds] = [null, 'key', 'name', 'alias'];
    for (const kind of kinds) {
      const normal =
        kind === 'alias'
          ? sql`case when n % 20 = 0 then ${made} else w3 || ' ' || w2 || ' ' || w1 end`
          : sql`w1 || ' ' || w2 || ' ' || w3`;
      await sql`
        insert into rock_names (workspace_id, rock_id, kind, name, normal)
        select 'T0BENCH', (select min(id) from rocks) + n, ${kind}, ${normal}, ${normal}
        from ${numbered(count)} cross join lateral ${threeOf(...normals)}`.execute(one);
    }
    await sql`
      insert into stints (workspace_id, rock_id, person_id, began, began_at, confirmed_at)
      select 'T0BENCH', id, (select min(id) from people) + id % 5000, 'created', now(), now() from rocks`.execute(
      one,
    );
    await sql`
      insert into rock_backups (workspace_id, rock_id, person_id, position)
      select 'T0BENCH', id, (select min(id) from people) + (id + 1) % 5000, 0 from rocks`.execute(one);
    await sql`
      insert into rock_links (workspace_id, rock_id, position, label, url, place)
      select 'T0BENCH', r.id, n, 'Page ' || n, 'https://bench.example/' || r.id || '/' || n,
        'bench.example/' || r.id || '/' || n
      from rocks r, generate_series(0, 1) n`.execute(one);
    await sql`
      insert into rock_words (workspace_id, word)
      select distinct workspace_id, word from rock_names, unnest(string_to_array(normal, ' ')) as word`.execute(
      one,
    );
    for (const definition of indexes) await sql.raw(definition).execute(one);
    await sql`set session_replication_role = origin`.execute(one);
  });
  await sql`vacuum analyze`.execute(db);
}

/** Takes the indexes away that no constraint needs; gives the statements that make them again. */
async function dropIndexes(db: Database, tables: string[]): Promise<string[]> {
  const { rows } = await sql<{ name: string; definition: string }>`
    select i.indexname as name, i.indexdef as definition from pg_indexes i
    where i.schemaname = 'public' and i.tablename = any(${tables})
      and not exists (select from pg_constraint c where c.conname = i.indexname)`.execute(db);
  for (const { name } of rows) await sql`drop index ${sql.id(name)}`.execute(db);
  return rows.map(({ definition }) => definition);
}

const numbered = (count: number) => sql`generate_series(0, ${sql.lit(count - 1)}) as numbers (n)`;

const threeOf = (...words: string[][]) => {
  const [w1, w2, w3] = words.map((list) => sql`${list}::text[]`);
  return sql`(select (${w1})[1 + n % 100] as w1, (${w2})[1 + (n / 100) % 100] as w2,
    (${w3})[1 + (n / 10000) % 100] as w3) as words`;
};

/** A word that only the rock with this number has. */
const made = sql`translate(left(md5('alias ' || n), 5) || to_hex(n), '0123456789', 'ghijklmnop')`;
