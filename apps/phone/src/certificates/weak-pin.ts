const RUNS = ['01234567890123456789', '98765432109876543210'];

/** One digit over and over, a run up or down, or a short pattern repeated: what is tried first. */
export function isWeakPin(pin: string): boolean {
  if (RUNS.some((run) => run.includes(pin))) return true;
  return /^(.{1,3})\1+$/.test(pin);
}
