/** Ids of the buttons and forms of reviews. */
export const press = {
  decide: 'review:decide',
  action: 'review:action',
  defer: 'review:defer',
  close: 'review:close',
  minutes: 'review:minutes',
  answer: 'review:answer',
  later: 'review:later',
} as const;

export const forms = {
  decide: 'review:decide-form',
  action: 'review:action-form',
  close: 'review:close-form',
  answer: 'review:answer-form',
} as const;
