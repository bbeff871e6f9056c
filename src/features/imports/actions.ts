/** What can be pressed wherever an import is spoken of. */
export const importActions = {
  /** Begins; the value is the kind. */
  begin: 'imports:begin',
  /** Takes one up where it was left; the value is its id. */
  show: 'imports:show',
  undo: 'imports:undo',
  starter: 'imports:starter',
  channels: 'imports:channels',
};

/** What can be pressed inside an import's own modals, which are redrawn. */
export const withinActions = {
  begin: 'imports-within:begin',
  goOn: 'imports-within:go-on',
  columns: 'imports-within:columns',
  questions: 'imports-within:questions',
  page: 'imports-within:page',
  undo: 'imports-within:undo',
};

export const importModals = {
  begin: 'imports:begin',
  columns: 'imports:columns',
  questions: 'imports:questions',
  preview: 'imports:preview',
  channels: 'imports:channels',
  starter: 'imports:starter',
};
