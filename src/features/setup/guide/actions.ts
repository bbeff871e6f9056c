/** What can be pressed on the way; a button of the same kind with another value says where to. */
export const guideActions = {
  /** Begins. */
  begin: 'setup:begin',
  /** Opens the step where the admins are, or, before anybody began, what will happen. */
  goOn: 'setup:guide',
  back: 'setup:guide-back',
  /** The page of what is set for all. */
  page: 'setup:page',
};
/** What can be pressed on the second step. */
export const teamActions = {
  pick: 'setup-teams:pick',
  change: 'setup-teams:change',
  leaveOut: 'setup-teams:leave-out',
  /** From changing one team back to the preview. */
  preview: 'setup-teams:preview',
  removing: 'setup-teams:removing',
  remove: 'setup-teams:remove',
};
