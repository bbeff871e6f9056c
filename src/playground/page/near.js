// @ts-check
const gap = 4;

/**
 * Shows a popover under what it belongs to, or above it where there is more room; it is never clipped by what
 * scrolls around it. Call it again when its contents have grown.
 * @param {any} popup @param {Element} anchor @param {{ asWide?: boolean, end?: boolean }} [how] `end`: right edges meet
 */
export function showNear(popup, anchor, { asWide = false, end = false } = {}) {
  if (!popup.matches(':popover-open')) popup.showPopover();
  const at = anchor.getBoundingClientRect();
  popup.style.maxHeight = '';
  if (asWide) popup.style.width = `${Math.max(at.width, Math.min(220, innerWidth - 16))}px`;
  const { width, height } = popup.getBoundingClientRect();
  const below = innerHeight - at.bottom - gap - 8;
  const above = at.top - gap - 8;
  const goesUp = height > below && above > below;
  popup.style.maxHeight = `${Math.max(80, goesUp ? above : below)}px`;
  popup.style.left = `${Math.max(8, Math.min(end ? at.right - width : at.left, innerWidth - width - 8))}px`;
  popup.style.top = goesUp ? 'auto' : `${at.bottom + gap}px`;
  popup.style.bottom = goesUp ? `${innerHeight - at.top + gap}px` : 'auto';
}

/** @param {any} popup */
export function hide(popup) {
  if (popup.isConnected && popup.matches(':popover-open')) popup.hidePopover();
}
