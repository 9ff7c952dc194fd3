/** A demo installation that is running: its address, the first of its ports, its directory. */
export type RunningDemo = { readonly base: string; readonly port: number; readonly data: string };
type Demos = { readonly first: RunningDemo; readonly second: RunningDemo };

const NAME = 'HUFU_E2E_DEMOS';

/** From global setup to the tests, which run in other processes. */
export function announce(demos: Demos): void {
  process.env[NAME] = JSON.stringify(demos);
}

export function demosOf(environment: Readonly<Record<string, string | undefined>>): Demos {
  const text = environment[NAME];
  if (text === undefined) throw new Error(`${NAME} is not set: global setup starts the demos`);
  return JSON.parse(text) as Demos;
}
