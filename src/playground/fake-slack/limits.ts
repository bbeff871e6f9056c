/**
 * What Slack refuses, in one table. Figures are characters unless the name says otherwise. Each group names its
 * page below https://docs.slack.dev/. Where Slack's own pages or SDKs disagree the smaller figure stands, so that
 * what passes here passes there. Every figure has a case in tests/playground/limits.test.ts, or in
 * rate-limits.test.ts and socket-mode.test.ts beside it.
 */
export const limits = {
  /** reference/methods/chat.postMessage, chat.update, reference/block-kit/blocks, messaging/message-metadata */
  message: {
    blocks: 50,
    /** chat.postMessage cuts here; chat.postEphemeral and response_url refuse */
    text: 40_000,
    /** chat.update refuses above this (msg_too_long) */
    updateText: 4_000,
    /** undocumented: reports of msg_blocks_too_long begin between 12,000 and 13,300 */
    allText: 12_000,
    /** all markdown blocks of one message together: reference/block-kit/blocks/markdown-block */
    markdown: 12_000,
    /** all cells of all tables of one message together: reference/block-kit/blocks/table-block */
    tableText: 10_000,
    metadataBytes: 16_384,
  },
  /** reference/views/modal-views, reference/views/home-tab-views, reference/methods/views.open, surfaces/modals */
  view: {
    blocks: 100,
    title: 24,
    submit: 24,
    close: 24,
    privateMetadata: 3_000,
    callbackId: 255,
    externalId: 255,
    bytes: 250_000,
    stack: 3,
  },
  /** reference/block-kit/blocks: the page of each block */
  block: {
    id: 255,
    text: 3_000,
    fields: 10,
    field: 2_000,
    header: 150,
    actions: 25,
    context: 10,
    label: 2_000,
    hint: 2_000,
    imageTitle: 2_000,
    altText: 2_000,
    url: 3_000,
    tableRows: 100,
    tableColumns: 20,
    /** the deepest indent of a rich_text_list: reference/block-kit/blocks/rich-text-block */
    listIndent: 8,
  },
  /** reference/block-kit/block-elements: the page of each element */
  element: {
    actionId: 255,
    buttonText: 75,
    value: 2_000,
    url: 3_000,
    accessibilityLabel: 75,
    placeholder: 150,
    inputLength: 3_000,
    /** lines that a rich_text_input shows, at least 1 */
    lines: 100,
    /** that a file_input takes: reference/block-kit/block-elements/file-input-element */
    files: 10,
  },
  /**
   * reference/block-kit/composition-objects/option-object, option-group-object. The page allows a value of 150;
   * the types of Slack's SDK say 75.
   */
  option: { text: 75, value: 75, description: 75, url: 3_000, groupLabel: 75 },
  /**
   * reference/block-kit/block-elements/select-menu-element, overflow-menu-element, checkboxes-element;
   * answers to block_suggestion have the limits of a select: reference/interaction-payloads/block_suggestion-payload
   */
  options: { select: 100, groups: 100, overflow: 5, choices: 10 },
  /** reference/block-kit/composition-objects/confirmation-dialog-object */
  confirm: { title: 100, text: 300, button: 30 },
  /** interactivity/handling-user-interaction, for these three */
  trigger: { lifeMs: 3_000 },
  responseUrl: { uses: 5, lifeMs: 30 * 60_000 },
  ack: { waitMs: 3_000 },
  /** apis/events-api: waits before the first, second and third retry of an event */
  eventRetriesMs: [0, 60_000, 300_000],
  /**
   * apis/web-api/rate-limits: Web API calls a minute, per method and workspace. Slack lets a few more through now and
   * then; here the figure is the limit. `special` is "hundreds" in reference/methods/auth.test and chat.getPermalink;
   * Slack's own Java SDK counts 600. Which method has which tier stands in its row of the table, and is from the
   * method's page.
   */
  tiers: { T1: 1, T2: 20, T3: 50, T4: 100, special: 600 },
  /**
   * reference/methods/chat.postMessage: one message a second in a channel, with short bursts, and "several hundred" a
   * minute in a workspace. How short and how many is not said: three at once, and three hundred.
   */
  posting: { channel: { calls: 3, ms: 3_000 }, workspace: { calls: 300, ms: 60_000 } },
  /**
   * apis/events-api/using-socket-mode: how many connections at most; `lifeSeconds` is only said in the greeting.
   * How often Slack pings is not documented: its SDKs give a connection up after 30 s without.
   */
  socket: { connections: 10, pingMs: 10_000, lifeSeconds: 18_060 },
  /** apis/web-api/pagination: what a method gives when asked for nothing, and at most */
  page: { usual: 100, most: 1_000 },
  /** reference/methods/dnd.teamInfo */
  dnd: { users: 50 },
  file: {
    /** reference/methods/files.getUploadURLExternal */
    altText: 1_000,
    /** ours: Slack takes a gigabyte, but the fake keeps its pictures in memory */
    bytes: 10_000_000,
    /**
     * ours as well, for what a person attaches: Slack's client stops at 10 MB, but whoever is sent a file had better
     * not rely on that, and can be tried with more here
     */
    attachedBytes: 60_000_000,
  },
  /** ours, not Slack's: what a request to the fake may weigh */
  bodyBytes: 2_000_000,
} as const;
