/**
 * What Slack refuses, in one table. Figures are characters unless the name says otherwise.
 * Source: Block Kit, views and message references of docs.slack.dev, gathered in the project's SLACK.md;
 * where the two disagree the smaller figure stands, so that what passes here passes there.
 */
export const limits = {
  message: {
    blocks: 50,
    /** chat.postMessage cuts here; chat.postEphemeral and response_url refuse */
    text: 40_000,
    /** chat.update refuses above this (msg_too_long) */
    updateText: 4_000,
    /** undocumented: reports of msg_blocks_too_long begin between 12,000 and 13,300 */
    allText: 12_000,
    metadataBytes: 16_384,
  },
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
    markdown: 12_000,
    tableRows: 100,
    tableColumns: 20,
  },
  element: {
    actionId: 255,
    buttonText: 75,
    value: 2_000,
    url: 3_000,
    accessibilityLabel: 75,
    placeholder: 150,
    inputLength: 3_000,
  },
  option: { text: 75, value: 75, description: 75, url: 3_000, groupLabel: 75 },
  options: { select: 100, groups: 100, overflow: 5, choices: 10 },
  confirm: { title: 100, text: 300, button: 30 },
  trigger: { lifeMs: 3_000 },
  responseUrl: { uses: 5, lifeMs: 30 * 60_000 },
  ack: { waitMs: 3_000 },
  /** waits before the first, second and third retry of an event */
  eventRetriesMs: [0, 60_000, 300_000],
  /** Web API pages: what a method gives when asked for nothing, and at most */
  page: { usual: 100, most: 1_000 },
  /** ours, not Slack's: what a request to the fake may weigh */
  bodyBytes: 2_000_000,
} as const;
