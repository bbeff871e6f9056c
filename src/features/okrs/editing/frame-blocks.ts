export const okrModals = {
  what: 'okr:what-form',
  addObjective: 'okr:objective-add-form',
  editObjective: 'okr:objective-edit-form',
  addKeyResult: 'okr:key-result-add-form',
  editKeyResult: 'okr:key-result-edit-form',
  drop: 'okr:drop-form',
  addCycle: 'okr:cycle-add-form',
  editCycle: 'okr:cycle-edit-form',
};
