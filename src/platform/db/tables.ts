import type { ColumnType, Generated, GeneratedAlways, Insertable } from 'kysely';
import type { Temporal } from 'temporal-polyfill';

/**
 * The tables as TypeScript sees them. `migrations/` makes them; this file follows.
 * An instant is read as a `Temporal.Instant` and written as its ISO text; dates likewise.
 */
export type Tables = {
  workspaces: WorkspacesTable;
  people: PeopleTable;
  channels: ChannelsTable;
  teams: TeamsTable;
  events: EventsTable;
  presses: PressesTable;
  rocks: RocksTable;
  rock_names: RockNamesTable;
  rock_words: RockWordsTable;
  rock_links: RockLinksTable;
  rock_backups: RockBackupsTable;
  stints: StintsTable;
  misses: MissesTable;
  miss_suggestions: MissSuggestionsTable;
  cycles: CyclesTable;
  objectives: ObjectivesTable;
  objective_needs: ObjectiveNeedsTable;
  objective_viewers: ObjectiveViewersTable;
  target_changes: TargetChangesTable;
  doubts: DoubtsTable;
  disownings: DisowningsTable;
  key_results: KeyResultsTable;
  grading_messages: GradingMessagesTable;
  grading_prompts: GradingPromptsTable;
  okr_plannings: OkrPlanningsTable;
  messages: MessagesTable;
  deliveries: DeliveriesTable;
  daily_messages: DailyMessagesTable;
  daily_parts: DailyPartsTable;
  cadences: CadencesTable;
  cadence_teams: CadenceTeamsTable;
  occurrences: OccurrencesTable;
  check_in_runs: CheckInRunsTable;
  prompts: PromptsTable;
  prompt_items: PromptItemsTable;
  check_ins: CheckInsTable;
  number_sources: NumberSourcesTable;
  number_readings: NumberReadingsTable;
  number_signatures: NumberSignaturesTable;
  handoffs: HandoffsTable;
  homes: HomesTable;
  lanes: LanesTable;
  budgets: BudgetsTable;
  pauses: PausesTable;
  company_days: CompanyDaysTable;
  absences: AbsencesTable;
  rock_viewers: RockViewersTable;
  rock_contributors: RockContributorsTable;
  team_members: TeamMembersTable;
  departures: DeparturesTable;
  departure_messages: DepartureMessagesTable;
  departure_rocks: DepartureRocksTable;
  handoff_batches: HandoffBatchesTable;
  handoff_batch_messages: HandoffBatchMessagesTable;
  handoff_steps: HandoffStepsTable;
  follow_ups: FollowUpsTable;
  actions: ActionsTable;
  audits: AuditsTable;
  audit_prompts: AuditPromptsTable;
  ritual_leavings: RitualLeavingsTable;
  proposals: ProposalsTable;
  proposal_rocks: ProposalRocksTable;
  strategy_lines: StrategyLinesTable;
  strategy_versions: StrategyVersionsTable;
  strategy_wordings: StrategyWordingsTable;
  strategy_editors: StrategyEditorsTable;
  strategy_postings: StrategyPostingsTable;
  strategy_readings: StrategyReadingsTable;
  pictures: PicturesTable;
  roadmap_items: RoadmapItemsTable;
  roadmap_needs: RoadmapNeedsTable;
  roadmap_slips: RoadmapSlipsTable;
  decisions: DecisionsTable;
  decision_people: DecisionPeopleTable;
  playbook_pages: PlaybookPagesTable;
  reviews: ReviewsTable;
  review_pages: ReviewPagesTable;
  agenda_lines: AgendaLinesTable;
  review_preparations: ReviewPreparationsTable;
  ritual_answers: RitualAnswersTable;
  digests: DigestsTable;
  accounts: AccountsTable;
  conversations: ConversationsTable;
  research_waits: ResearchWaitsTable;
  api_tokens: ApiTokensTable;
  ritual_rounds: RitualRoundsTable;
  ritual_opinions: RitualOpinionsTable;
  check_in_times: CheckInTimesTable;
  imports: ImportsTable;
  import_changes: ImportChangesTable;
  setups: SetupsTable;
  setup_paths: SetupPathsTable;
  team_proposals: TeamProposalsTable;
  setup_teams: SetupTeamsTable;
  setup_rituals: SetupRitualsTable;
};

/** What is read like a table, and is a question that the database keeps. */
export type Views = { strategy_in_force: StrategyInForceView };

type Id = GeneratedAlways<number>;
type InstantColumn = ColumnType<Temporal.Instant, string, string>;
type InstantOrNull = ColumnType<Temporal.Instant | null, string | null | undefined, string | null>;
/** When the row was written, by the database's own clock. */
type RecordedAt = GeneratedAlways<Temporal.Instant>;
type DateColumn = ColumnType<Temporal.PlainDate, string, string>;
type DateOrNull = ColumnType<Temporal.PlainDate | null, string | null | undefined, string | null>;
type Json<Read> = ColumnType<Read, string, string>;
type JsonOrNull = ColumnType<unknown, string | null | undefined, string | null>;

type WorkspacesTable = {
  id: string;
  name: string;
  timezone: Generated<string>;
  clock_offset: ColumnType<never, string | undefined, string>;
  clock_stopped_at: InstantOrNull;
  holiday_country: string | null;
  holiday_state: string | null;
  holiday_region: string | null;
  backpack_limit: Generated<number>;
  release_after_hours: Generated<number>;
  product_operations_channel_id: number | null;
  leaders_channel_id: number | null;
  /** Only admins and teams that went live are messaged since then; null: everybody is. */
  quiet_since: InstantOrNull;
  created_at: RecordedAt;
};

export type PersonKind = 'member' | 'guest' | 'bot' | 'outsider';

type PeopleTable = {
  id: Id;
  workspace_id: string;
  handle: string | null;
  email: string | null;
  slack_id: string | null;
  direct_channel: string | null;
  name: string;
  /** In full, where Slack shows them by another name. */
  real_name: string | null;
  timezone: string | null;
  /** ISO weekdays, Monday is 1; null: Monday to Friday. */
  working_days: number[] | null;
  kind: Generated<PersonKind>;
  is_slack_admin: Generated<boolean>;
  /** Named in `/cairn setup`; admins of Slack are admins without it. */
  is_admin: Generated<boolean>;
  /** The sum of weights that is enough for them; null: the workspace's. */
  backpack_limit: number | null;
  deactivated_at: InstantOrNull;
  created_at: RecordedAt;
};

type ChannelsTable = {
  id: Id;
  workspace_id: string;
  slack_id: string | null;
  name: string;
  is_private: Generated<boolean>;
  has_cairn: Generated<boolean>;
  archived_at: InstantOrNull;
  lost_reason: string | null;
};

type TeamsTable = {
  id: Id;
  workspace_id: string;
  key: string;
  name: string;
  lead_id: number | null;
  channel_id: number | null;
  /** Since when it is messaged although the workspace is quiet. */
  live_at: InstantOrNull;
};

type EventsTable = {
  id: Id;
  workspace_id: string;
  at: InstantColumn;
  actor: 'person' | 'clock' | 'operator';
  actor_id: number | null;
  type: string;
  subject_kind: string;
  subject_id: number;
  before: JsonOrNull;
  after: JsonOrNull;
};

type PressesTable = { workspace_id: string; key: string; pressed_at: RecordedAt };

type RocksTable = {
  id: Id;
  workspace_id: string;
  key: string;
  name: string;
  summary: string | null;
  type: 'area' | 'activity';
  discipline: string | null;
  importance: string | null;
  weight: number;
  team_id: number | null;
  channel_id: number | null;
  created_at: InstantColumn;
  visibility: Generated<Visibility>;
  state: Generated<RockState>;
  set_down_by: number | null;
  set_down_at: InstantOrNull;
  set_down_reason: string | null;
  look_again_on: DateOrNull;
  looked_again_on: DateOrNull;
  retired_at: InstantOrNull;
  retired_reason: string | null;
  successor_id: number | null;
  changed_at: InstantOrNull;
  /** The line of the strategy that it supports. */
  line_id: number | null;
};
export type Visibility = 'workspace' | 'team' | 'people';
/** `set-down`: the company chose not to carry it now; `retired`: it is over, and its names still lead to it. */
export type RockState = 'active' | 'set-down' | 'retired';

type RockNamesTable = {
  workspace_id: string;
  rock_id: number;
  kind: 'key' | 'name' | 'alias';
  position: number;
  name: string;
  normal: string;
};

/** Kept by triggers of `rock_names`. */
type RockWordsTable = { workspace_id: string; word: string };

type RockLinksTable = {
  workspace_id: string;
  rock_id: number;
  position: number;
  label: string;
  url: string;
  place: string;
};

type RockBackupsTable = { workspace_id: string; rock_id: number; person_id: number; position: number };

type RockViewersTable = { workspace_id: string; rock_id: number; person_id: number };

type RockContributorsTable = { workspace_id: string; rock_id: number; person_id: number; discipline: string };

type TeamMembersTable = { workspace_id: string; team_id: number; person_id: number };

export type StintBeginning = 'created' | 'claimed' | 'handoff' | 'assigned' | 'acting';
export type StintEnding =
  | 'handed-over'
  | 'assigned'
  | 'taken-back'
  | 'set-down'
  | 'released'
  | 'retired'
  | 'given-up'
  | 'imported'
  | 'restored';

type StintsTable = {
  id: Id;
  workspace_id: string;
  rock_id: number;
  person_id: number;
  began: StintBeginning;
  began_at: InstantColumn;
  confirmed_at: InstantOrNull;
  ended_at: InstantOrNull;
  handoff_id: number | null;
  ended: StintEnding | null;
  end_reason: string | null;
};

type MissesTable = {
  id: Id;
  workspace_id: string;
  query: string;
  normal: string;
  asked_at: InstantColumn;
  /** Only of who pressed `Tell me`. */
  asker_id: number | null;
  settled: 'alias' | 'rock' | 'not-ours' | null;
  settled_at: InstantOrNull;
  settled_by: number | null;
  rock_id: number | null;
};

type MissSuggestionsTable = {
  workspace_id: string;
  normal: string;
  person_id: number;
  suggested_at: InstantColumn;
};

type DeparturesTable = {
  id: Id;
  workspace_id: string;
  person_id: number;
  noticed_at: InstantColumn;
  tell_at: InstantColumn;
  told_at: InstantOrNull;
  released_at: InstantOrNull;
  released_by: number | null;
  returned_at: InstantOrNull;
};

type DepartureMessagesTable = { workspace_id: string; departure_id: number; message_id: number };

type DepartureRocksTable = {
  workspace_id: string;
  departure_id: number;
  rock_id: number;
  stint_id: number;
  acting_stint_id: number | null;
  has_left_message: Generated<boolean>;
};

export type CycleState = 'draft' | 'active' | 'grading' | 'closed';

type CyclesTable = {
  id: Id;
  workspace_id: string;
  key: string;
  starts_on: DateColumn;
  ends_on: DateColumn;
  state: Generated<CycleState>;
  /** The year that a quarter lies in. */
  parent_id: number | null;
  changed_at: InstantOrNull;
};

/** What became of an objective or a key result. */
export type OkrState = 'active' | 'done' | 'carried' | 'dropped';
export type SaidHealth = 'on-track' | 'at-risk' | 'off-track';

type ObjectivesTable = {
  id: Id;
  workspace_id: string;
  key: string;
  title: string;
  cycle_id: number;
  owner_id: number | null;
  team_id: number | null;
  reviewer_id: number | null;
  supports_id: number | null;
  /** The line of the strategy that it supports, where it supports no other objective. */
  line_id: number | null;
  position: number;
  state: Generated<OkrState>;
  why_dropped: string | null;
  carried_from_id: number | null;
  visibility: Generated<Visibility>;
  created_at: RecordedAt;
  created_by: number | null;
};

type ObjectiveViewersTable = { workspace_id: string; objective_id: number; person_id: number };

type ObjectiveNeedsTable = { workspace_id: string; objective_id: number; team_id: number };

type GradingMessagesTable = {
  workspace_id: string;
  cycle_id: number;
  channel_id: number;
  message_id: number;
  is_whole: boolean;
};
type GradingPromptsTable = { workspace_id: string; cycle_id: number; person_id: number };
type OkrPlanningsTable = {
  workspace_id: string;
  occurrence_id: number;
  cycle_id: number;
  message_id: number;
};

type KeyResultsTable = {
  id: Id;
  workspace_id: string;
  objective_id: number;
  key: string;
  title: string;
  owner_id: number | null;
  backup_id: number | null;
  type: 'number' | 'percent' | 'currency' | 'milestone';
  unit: string | null;
  direction: 'up' | 'down' | 'maintain';
  start_value: number | null;
  target_value: number;
  current_value: number | null;
  commitment: 'committed' | 'aspirational';
  position: number;
  state: Generated<OkrState>;
  why_dropped: string | null;
  ended_at: InstantOrNull;
  carried_from_id: number | null;
  due_on: DateOrNull;
  first_due_on: DateOrNull;
  slips: Generated<number>;
  /** Of the last answer. */
  confidence: number | null;
  answered_at: InstantOrNull;
  health_overruled: SaidHealth | null;
  health_words: string | null;
  outdated_since: InstantOrNull;
  score: number | null;
  grade_words: string | null;
  fate: Generated<'done' | 'carry' | 'drop' | null>;
  graded_by: number | null;
  graded_at: InstantOrNull;
  created_at: RecordedAt;
};
export type NewKeyResult = Insertable<KeyResultsTable>;

type TargetChangesTable = {
  id: Id;
  workspace_id: string;
  key_result_id: number;
  changed_at: InstantColumn;
  changed_by: number | null;
  old_target: number;
  new_target: number;
  reason: string | null;
};

type MessagesTable = {
  id: Id;
  workspace_id: string;
  dedupe_key: string;
  to_person_id: number | null;
  to_channel_id: number | null;
  thread_of: number | null;
  /** The message of somebody else's in whose thread it stands, by Slack's timestamp. */
  thread_ts: string | null;
  text: string;
  blocks: Json<unknown[]>;
  revision: Generated<number>;
  created_at: RecordedAt;
};

export type DeliveryState = 'pending' | 'sending' | 'sent' | 'unknown' | 'dead' | 'expired' | 'cancelled';

type DeliveriesTable = {
  id: GeneratedAlways<string>;
  workspace_id: string;
  message_id: number;
  state: Generated<DeliveryState>;
  due_at: InstantColumn;
  not_before: InstantOrNull;
  lease: string | null;
  leased_until: InstantOrNull;
  attempts: Generated<number>;
  reason: string | null;
  slack_channel: string | null;
  slack_ts: string | null;
  shown_revision: Generated<number>;
  wanted_revision: Generated<number>;
  sent_at: InstantOrNull;
  lane: Generated<string>;
  is_answer: Generated<boolean>;
  is_nudge: Generated<boolean>;
  expires_at: InstantOrNull;
  withdrawn: string | null;
  claimed_at: InstantOrNull;
  settle_at: InstantOrNull;
  tried_at: InstantOrNull;
  after_ts: string | null;
  reads: Generated<number>;
  ended_at: InstantOrNull;
};

export type NumberKind = 'webhook' | 'sql' | 'json';

type NumberSourcesTable = {
  id: Id;
  workspace_id: string;
  key_result_id: number;
  kind: NumberKind;
  token: string | null;
  secret: string | null;
  connection: string | null;
  query: string | null;
  url: string | null;
  pointer: string | null;
  every: 'hour' | 'day' | 'week' | null;
  /** Company time. */
  next_due_at: InstantOrNull;
  lease: string | null;
  /** Machine time. */
  leased_until: InstantOrNull;
  last_success_at: InstantOrNull;
  last_failure_at: InstantOrNull;
  failure: string | null;
  /** In a row. */
  failures: Generated<number>;
  failing_since: InstantOrNull;
  told_at: InstantOrNull;
  created_at: InstantColumn;
  created_by: number | null;
};

type NumberReadingsTable = {
  id: Id;
  workspace_id: string;
  key_result_id: number;
  came_from: NumberKind;
  value: number;
  at: InstantColumn;
  recorded_at: RecordedAt;
};

type NumberSignaturesTable = {
  workspace_id: string;
  source_id: number;
  signature: string;
  seen_at: RecordedAt;
};

type LanesTable = {
  workspace_id: string;
  lane: string;
  free_at: InstantColumn;
  refused: Generated<number>;
  refused_at: InstantOrNull;
  sent_at: InstantOrNull;
  last_ts: string | null;
};

export type BudgetName = 'posts' | 'edits' | 'reads';

type BudgetsTable = {
  workspace_id: string;
  name: BudgetName;
  tokens: number;
  filled_at: InstantColumn;
};

type PausesTable = { workspace_id: string; name: BudgetName; until: InstantColumn };

type CompanyDaysTable = { workspace_id: string; day: DateColumn; name: string };

type AbsencesTable = {
  id: Id;
  workspace_id: string;
  person_id: number;
  starts_on: DateColumn;
  ends_on: DateColumn;
};

/** What becomes of a day of a cadence that is a holiday. */
export type OnHoliday = 'hold' | 'skip' | 'previous' | 'next';

export type CadencePeriod = 'slot' | 'day' | 'week' | 'month' | 'quarter';

type CadencesTable = {
  id: Id;
  workspace_id: string;
  key: string;
  ritual: string;
  channel_id: number;
  schedule: string;
  timezone: string;
  period: CadencePeriod;
  cycle: string;
  nudge_after: string | null;
  close_after: string | null;
  catch_up: string;
  state: 'active' | 'paused' | 'ended';
  next_due_at: InstantOrNull;
  starts_on: DateOrNull;
  on_holiday: Generated<OnHoliday>;
  created_by: number | null;
  pause_reason: string | null;
  paused_at: InstantOrNull;
  tz_version: string | null;
};

type CadenceTeamsTable = { workspace_id: string; cadence_id: number; team_id: number };

type OccurrencesTable = {
  id: Id;
  workspace_id: string;
  cadence_id: number;
  name: string;
  covers: string | null;
  due_at: InstantColumn;
  state: 'open' | 'held' | 'skipped' | 'missed';
  reason: string | null;
  tz_version: string;
  planned_at: InstantOrNull;
  close_at: InstantOrNull;
  closed_at: InstantOrNull;
  by_person_id: number | null;
};

type CheckInRunsTable = {
  workspace_id: string;
  occurrence_id: number;
  message_id: number;
  unasked: number;
  away: Generated<number>;
  outdated_told_at: InstantOrNull;
};

type PromptsTable = {
  id: Id;
  workspace_id: string;
  occurrence_id: number;
  person_id: number;
  /** Null: told by the direct message of the day. */
  message_id: number | null;
  nudge_message_id: number | null;
  snoozed_until: InstantOrNull;
  snoozes: Generated<number>;
  /** Why it was put off the last time; null: not said. */
  snooze_reason: 'busy' | 'numbers' | null;
  asked_at: InstantOrNull;
  away_at: InstantOrNull;
};

type PromptItemsTable = {
  workspace_id: string;
  prompt_id: number;
  occurrence_id: number;
  key_result_id: number;
  disowned_at: InstantOrNull;
  outdated_at: InstantOrNull;
};

type DoubtsTable = {
  workspace_id: string;
  occurrence_id: number;
  key_result_id: number;
  told_person_id: number;
  told_at: InstantColumn;
};

type DisowningsTable = {
  id: Id;
  workspace_id: string;
  key_result_id: number;
  occurrence_id: number;
  by_id: number;
  to_id: number;
  state: Generated<'asked' | 'taken' | 'declined' | 'over'>;
  asked_at: InstantColumn;
  ended_at: InstantOrNull;
};

type CheckInsTable = {
  id: Id;
  workspace_id: string;
  /** Null: given early, or brought in from elsewhere. */
  occurrence_id: number | null;
  is_early: Generated<boolean>;
  key_result_id: number;
  person_id: number;
  value: number;
  confidence: number;
  words: string | null;
  answered_at: InstantColumn;
  health: SaidHealth | null;
  health_words: string | null;
  doubt_words: string | null;
  due_on: DateOrNull;
  slip_words: string | null;
  is_late: Generated<boolean>;
  is_unchanged: Generated<boolean>;
  changed_at: InstantOrNull;
};

export type HandoffKind = 'give' | 'lend' | 'ask' | 'assign' | 'back' | 'work';
export type HandoffState =
  | 'draft'
  | 'asked'
  | 'offered'
  | 'changes-suggested'
  | 'accepted'
  | 'overlap'
  | 'completed'
  | 'declined'
  | 'withdrawn'
  | 'expired';

type HandoffsTable = {
  id: Id;
  workspace_id: string;
  kind: Generated<HandoffKind>;
  /** Null: a piece of work, which `work` names. */
  rock_id: number | null;
  work: string | null;
  due_on: DateOrNull;
  /** Who carries the rock; null where nobody does. */
  from_id: number | null;
  to_id: number;
  /** Who began it; null in rows of an older version: the one it is from. */
  by_id: number | null;
  state: HandoffState;
  until_on: DateOrNull;
  reason: string | null;
  why_it_matters: string | null;
  where_it_stands: string | null;
  next_step: string | null;
  what_could_hurt: string | null;
  facts: Json<unknown>;
  suggestion: string | null;
  overlap_days: Generated<number>;
  offered_at: InstantColumn;
  read_at: InstantOrNull;
  accepted_at: InstantOrNull;
  overlap_until: InstantOrNull;
  ended_at: InstantOrNull;
  decline_reason: string | null;
  batch_id: number | null;
  undoes_id: number | null;
  request_message_id: number | null;
  offer_message_id: number | null;
  sender_message_id: number | null;
};

type HandoffBatchesTable = {
  id: Id;
  workspace_id: string;
  kind: 'bulk' | 'reorganisation';
  title: string | null;
  state: Generated<'draft' | 'released' | 'dropped'>;
  by_id: number;
  from_id: number | null;
  created_at: InstantColumn;
  released_at: InstantOrNull;
};

type HandoffBatchMessagesTable = {
  workspace_id: string;
  batch_id: number;
  side: 'author' | 'concerned';
  person_id: number;
  message_id: number;
};

export type HandoffStep =
  | 'remind'
  | 'escalate'
  | 'expire'
  | 'return'
  | 'overlap-end'
  | 'follow-up-7'
  | 'follow-up-30';

type HandoffStepsTable = {
  workspace_id: string;
  handoff_id: number;
  step: HandoffStep;
  due_at: InstantColumn;
};

type FollowUpsTable = {
  id: Id;
  workspace_id: string;
  handoff_id: number;
  person_id: number;
  day: 7 | 30;
  asked_at: InstantColumn;
  message_id: number | null;
  answer: 'still-asked' | 'let-go' | 'missing' | 'complete' | null;
  words: string | null;
  answered_at: InstantOrNull;
};

type ActionsTable = {
  id: Id;
  /** The line of an agenda on which it was given, and the review in which. */
  line_id: number | null;
  occurrence_id: number | null;
  item_id: number | null;
  workspace_id: string;
  title: string;
  owner_id: number;
  by_id: number;
  rock_id: number | null;
  handoff_id: number | null;
  due_on: DateOrNull;
  state: Generated<'open' | 'done' | 'dropped'>;
  created_at: InstantColumn;
  ended_at: InstantOrNull;
  why_dropped: string | null;
};

type DailyMessagesTable = {
  id: Id;
  workspace_id: string;
  person_id: number;
  day: DateColumn;
  message_id: number | null;
};

type DailyPartsTable = {
  id: Id;
  workspace_id: string;
  person_id: number;
  key: string;
  at: InstantColumn;
  expires_at: InstantOrNull;
  text: string;
  blocks: Json<unknown[]>;
  is_nudge: Generated<boolean>;
  state: Generated<'waiting' | 'said' | 'over'>;
  daily_message_id: number | null;
  reason: string | null;
  /** Company time; null: not said, or taken back unread. */
  said_at: InstantOrNull;
};

type AuditsTable = { workspace_id: string; occurrence_id: number; message_id: number };

type AuditPromptsTable = {
  workspace_id: string;
  occurrence_id: number;
  person_id: number;
  /** Null: told by the direct message of the day. */
  message_id: number | null;
  nudge_message_id: number | null;
};

type HomesTable = {
  workspace_id: string;
  person_id: number;
  page: Generated<number>;
  wanted_revision: Generated<number>;
  shown_revision: Generated<number>;
  shown: string | null;
  leased_until: InstantOrNull;
  not_before: InstantOrNull;
};

export type LineKind = 'intent' | 'initiative';

type StrategyLinesTable = { id: Id; workspace_id: string; key: string; kind: LineKind };

type StrategyVersionsTable = {
  id: Id;
  workspace_id: string;
  /** Null: the draft. */
  number: number | null;
  vision: string | null;
  changed_at: InstantColumn;
  published_at: InstantOrNull;
  published_by: number | null;
};

type StrategyWordingsTable = {
  workspace_id: string;
  version_id: number;
  line_id: number;
  parent_id: number | null;
  title: string;
  rank: number;
  owner_id: number | null;
  measure: string | null;
  horizon: string | null;
  not_doing: string[];
  problem: string | null;
  metric: string | null;
};

type StrategyEditorsTable = { workspace_id: string; person_id: number };

type StrategyPostingsTable = {
  workspace_id: string;
  version_id: number;
  channel_id: number;
  message_id: number;
};

type StrategyReadingsTable = {
  workspace_id: string;
  version_id: number;
  person_id: number;
  read_at: InstantColumn;
};

/** The lines of the latest published version. */
type StrategyInForceView = {
  workspace_id: string;
  id: number;
  key: string;
  kind: LineKind;
  title: string;
  parent_id: number | null;
  rank: number;
};

type PicturesTable = {
  workspace_id: string;
  key: string;
  spec: Json<unknown>;
  alt_text: string;
  state: Generated<'wanted' | 'uploaded' | 'given-up'>;
  file_id: string | null;
  attempts: Generated<number>;
  reason: string | null;
};

export type Horizon = 'now' | 'next' | 'later' | 'shipped' | 'stopped';
export type ItemOutcome = 'moved' | 'too-early' | 'not-moved';

type RoadmapItemsTable = {
  id: Id;
  workspace_id: string;
  key: string;
  title: string;
  summary: string | null;
  horizon: Horizon;
  position: Generated<number>;
  owner_id: number | null;
  team_id: number | null;
  rock_id: number | null;
  objective_id: number | null;
  line_id: number | null;
  impact: number | null;
  effort: number | null;
  alignment: number | null;
  due_on: DateOrNull;
  first_due_on: DateOrNull;
  /** What it was due last, also after it left `now`. */
  last_due_on: DateOrNull;
  slips: Generated<number>;
  moved_at: InstantColumn;
  why_stopped: string | null;
  outcome: ItemOutcome | null;
  outcome_words: string | null;
  outcome_at: InstantOrNull;
  outcome_by: number | null;
  ask_at: InstantOrNull;
  asked: Generated<number>;
  created_at: InstantColumn;
  created_by: number | null;
};

type RoadmapNeedsTable = { workspace_id: string; item_id: number; team_id: number };

type RoadmapSlipsTable = {
  id: Id;
  workspace_id: string;
  item_id: number;
  at: InstantColumn;
  from_on: DateColumn;
  to_on: DateColumn;
  by_id: number | null;
  why: string | null;
};

export type DecisionState = 'open' | 'decided' | 'superseded';
export type DecisionPart = 'contributor' | 'informed' | 'viewer';

type DecisionsTable = {
  id: Id;
  workspace_id: string;
  number: number;
  question: string;
  options: Generated<string[]>;
  driver_id: number;
  approver_id: number;
  due_on: DateOrNull;
  state: Generated<DecisionState>;
  outcome: string | null;
  why: string | null;
  look_again_on: DateOrNull;
  rock_id: number | null;
  objective_id: number | null;
  item_id: number | null;
  team_id: number | null;
  visibility: Generated<Visibility>;
  superseded_by_id: number | null;
  source_url: string | null;
  /** The line of an agenda on which it was made. */
  line_id: number | null;
  created_at: InstantColumn;
  created_by: number;
  decided_at: InstantOrNull;
  decided_by: number | null;
  looked_again_at: InstantOrNull;
  search: GeneratedAlways<string | null>;
};

type DecisionPeopleTable = {
  workspace_id: string;
  decision_id: number;
  person_id: number;
  part: DecisionPart;
};

type PlaybookPagesTable = {
  id: Id;
  workspace_id: string;
  key: string;
  name: string;
  purpose: string;
  inputs: Generated<string[]>;
  agenda: string[];
  outputs: Generated<string[]>;
  roles: Generated<string[]>;
  timing: string | null;
  questions: Generated<string[]>;
  sources: Generated<string[]>;
  changed_at: InstantColumn;
  changed_by: number | null;
};

type ReviewsTable = {
  workspace_id: string;
  occurrence_id: number;
  ritual: string;
  name: string;
  looks_back_to: InstantOrNull;
  left_out: Generated<number>;
  ended_at: InstantOrNull;
  ended_by: number | null;
  minutes: JsonOrNull;
};

type ReviewPagesTable = {
  workspace_id: string;
  occurrence_id: number;
  number: number;
  message_id: number;
};

type AgendaLinesTable = {
  id: Id;
  workspace_id: string;
  occurrence_id: number;
  position: number;
  page: number;
  source: string;
  subject_kind: string | null;
  subject_id: number | null;
  title: string;
  facts: Generated<string>;
  from_line_id: number | null;
  deferred_at: InstantOrNull;
  deferred_by: number | null;
};

type ReviewPreparationsTable = {
  workspace_id: string;
  cadence_id: number;
  due_at: InstantColumn;
  asked: number;
};

type RitualAnswersTable = {
  workspace_id: string;
  occurrence_id: number;
  person_id: number;
  asked_at: InstantColumn;
  answers: JsonOrNull;
  answered_at: InstantOrNull;
  message_id: number | null;
};

type DigestsTable = {
  id: Id;
  workspace_id: string;
  cadence_id: number;
  due_at: InstantColumn;
  state: Generated<'draft' | 'sent'>;
  content: Json<unknown>;
  figures: Json<unknown>;
  note: string | null;
  hidden: Generated<string[]>;
  said: ColumnType<Record<string, string>, string | undefined, string>;
  drafted_at: InstantColumn;
  preview_message_id: number | null;
  message_id: number | null;
  edited_at: InstantOrNull;
  edited_by: number | null;
};

type AccountsTable = {
  id: Id;
  workspace_id: string;
  key: string;
  name: string;
  /** P30D: so many days of the calendar. */
  cool_down: Generated<string>;
  created_at: InstantColumn;
  created_by: number | null;
};

type ConversationsTable = {
  id: Id;
  workspace_id: string;
  account_id: number;
  by_id: number;
  contact: string | null;
  held_on: DateColumn;
  topic: string;
  notes: Generated<string>;
  recording_url: string | null;
  created_at: InstantColumn;
  search: GeneratedAlways<string | null>;
};

export type WaitState = 'waiting' | 'next' | 'held' | 'lapsed' | 'withdrawn';

type ResearchWaitsTable = {
  id: Id;
  workspace_id: string;
  account_id: number;
  person_id: number;
  topic: string;
  state: Generated<WaitState>;
  waits_since: InstantColumn;
  next_since: InstantOrNull;
  next_until: InstantOrNull;
  ended_at: InstantOrNull;
  /** Since when whoever has the turn has said that they contact the account. */
  taken_at: InstantOrNull;
};

type ApiTokensTable = {
  id: Id;
  workspace_id: string;
  name: string;
  digest: string;
  hint: string;
  created_at: InstantColumn;
  created_by: number;
  revoked_at: InstantOrNull;
  revoked_by: number | null;
  last_used_at: InstantOrNull;
  window_began_at: InstantOrNull;
  window_count: Generated<number>;
};

export type Verdict = 'keep' | 'change' | 'stop';

type RitualRoundsTable = {
  id: Id;
  workspace_id: string;
  cadence_id: number;
  /** Such as 2026-Q4, by the cadence's zone. */
  quarter: string;
  asked_at: InstantColumn;
  close_at: InstantColumn;
  closed_at: InstantOrNull;
  message_id: number | null;
};

type RitualOpinionsTable = {
  workspace_id: string;
  round_id: number;
  person_id: number;
  verdict: Verdict | null;
  words: string | null;
  said_at: InstantOrNull;
};

type CheckInTimesTable = {
  workspace_id: string;
  occurrence_id: number;
  person_id: number;
  seconds: number;
};

export type ImportState = 'open' | 'applied' | 'undone' | 'discarded';

type ImportsTable = {
  id: Id;
  workspace_id: string;
  kind: 'rocks' | 'okrs' | 'roadmap';
  source: 'file' | 'pasted' | 'channels' | 'starter';
  name: string | null;
  /** What was read, while it is open. */
  sheet: JsonOrNull;
  mapping: Json<unknown>;
  answers: ColumnType<Record<string, string>, string | undefined, string>;
  state: Generated<ImportState>;
  begun_by: number;
  begun_at: InstantColumn;
  applied_by: number | null;
  applied_at: InstantOrNull;
  undo_until: InstantOrNull;
  undone_by: number | null;
  undone_at: InstantOrNull;
  counts: JsonOrNull;
};

/** Written by triggers alone, in the transaction of an import. */
type ImportChangesTable = {
  id: Id;
  workspace_id: string;
  import_id: number;
  table_name: string;
  key: Json<unknown>;
  subject_kind: string;
  subject_id: string;
  before: JsonOrNull;
  after: JsonOrNull;
};

type SetupPathsTable = {
  workspace_id: string;
  begun_at: InstantColumn;
  begun_by_id: number;
  step: Generated<'who' | 'people' | 'rocks' | 'owners' | 'starter' | 'ritual'>;
  moved_at: InstantColumn;
  moved_by_id: number;
  who_said_at: InstantOrNull;
};

type TeamProposalsTable = {
  id: Id;
  workspace_id: string;
  made_at: InstantColumn;
  made_by_id: number;
  teams: Json<unknown>;
  troubles: Json<unknown>;
  created_at: InstantOrNull;
};

type SetupTeamsTable = {
  workspace_id: string;
  team_id: number;
  created_by_id: number;
  created_at: InstantColumn;
};

/** The first ritual of a workspace, as its set-up has it. */
type SetupsTable = {
  workspace_id: string;
  ritual: string;
  schedule: string;
  timezone: string;
  /** The team that went live first. */
  pilot_team_id: number | null;
  saved_at: InstantColumn;
  saved_by: number;
};

type SetupRitualsTable = { workspace_id: string; team_id: number; cadence_id: number };

type ProposalsTable = {
  id: Id;
  workspace_id: string;
  person_id: number;
  listed_at: InstantColumn;
  /** From when on it is said; null: they cannot be asked yet. */
  asked_at: InstantOrNull;
  nudge_at: InstantOrNull;
  /** The counts that its message says; null: it has none. */
  shown: string | null;
  ended_at: InstantOrNull;
};

type ProposalRocksTable = {
  workspace_id: string;
  proposal_id: number;
  stint_id: number;
  suggested_id: number | null;
};

type RitualLeavingsTable = {
  id: Id;
  workspace_id: string;
  cadence_id: number;
  person_id: number;
  reason: 'area' | 'often' | 'elsewhere';
  left_at: InstantColumn;
  returned_at: InstantOrNull;
};
