/** A moment as a reader in China writes it, with the offset, since the report may be read elsewhere. @param time ms */
export function moment(time: number): string {
  const shanghai = new Date(time + 8 * 3_600_000).toISOString();
  return `${shanghai.slice(0, 10)} ${shanghai.slice(11, 19)} (UTC+8)`;
}
