/** Ids of the buttons and forms of decisions. */
export const press = {
  decide: 'decide:decide',
  look: 'decide:look',
  change: 'decide:change',
  supersede: 'decide:supersede',
  keep: 'decide:keep',
  page: 'decide:page',
  queue: 'decide:queue',
  add: 'decide:add',
} as const;

export const forms = {
  open: 'decide:open-form',
  change: 'decide:change-form',
  make: 'decide:make-form',
  supersede: 'decide:supersede-form',
  keep: 'decide:keep-form',
} as const;

/** The menu that what a decision is about is searched for in. */
export const aboutSearch = 'decide:about';
/** As manifest.yml names the entry in the menu of a message. */
export const writeDown = 'write_down_a_decision';
