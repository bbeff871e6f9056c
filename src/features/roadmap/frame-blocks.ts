export const roadmapModals = {
  add: 'roadmap:add-form',
  edit: 'roadmap:edit-form',
  move: 'roadmap:move-form',
  score: 'roadmap:score-form',
  outcome: 'roadmap:outcome-form',
};
export const roadmapActions = {
  page: 'roadmap:page',
  add: 'roadmap:add',
  show: 'roadmap:show',
  edit: 'roadmap:edit',
  move: 'roadmap:move',
  score: 'roadmap:score',
  outcome: 'roadmap:outcome',
};
