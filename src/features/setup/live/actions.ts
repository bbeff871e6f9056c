/** Ids of the buttons and forms of the last step of the set-up; what they carry is read by `input.ts`. */
export const liveActions = {
  open: 'live:open',
  change: 'live:change',
  whom: 'live:whom',
  back: 'live:back',
  rehearse: 'live:rehearse',
  go: 'live:go',
  pause: 'live:pause',
} as const;

export const liveForms = {
  ritual: 'live:ritual',
  channels: 'live:channels',
  go: 'live:go',
  pause: 'live:pause',
} as const;

/** What the button carries that takes everybody live, in place of a team. */
export const everybody = 'everybody';
