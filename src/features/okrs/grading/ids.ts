export const gradingActions = {
  grade: 'okr:grade',
  close: 'okr:close',
  why: 'okr:grade-why',
  sure: 'okr:how-sure',
  teamSure: 'okr:how-sure-team',
};

export const gradingModals = { grade: 'okr:grade-form', close: 'okr:close-form' };
