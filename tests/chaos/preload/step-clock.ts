/** Loaded before Cairn: at SIGUSR2 the process's own clock jumps two hours ahead, at the next one back again. */

const jumpMs = 2 * 60 * 60_000;
let shiftMs = 0;
const nowMs = (): number => RealDate.now() + shiftMs;

const RealDate = Date;
globalThis.Date = new Proxy(RealDate, {
  construct: (real, given, newTarget) =>
    Reflect.construct(real, given.length === 0 ? [nowMs()] : given, newTarget),
  get: (real, name) => (name === 'now' ? nowMs : Reflect.get(real, name)),
});
process.on('SIGUSR2', () => {
  shiftMs = shiftMs === 0 ? jumpMs : 0;
});
