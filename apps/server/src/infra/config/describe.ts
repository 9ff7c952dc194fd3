import { SETTINGS, type Setting } from './schema.ts';

/** docs/configuration.md: made from the settings, so that it is whole and true. */
export function describeConfiguration(): string {
  const rows = Object.entries(SETTINGS as Record<string, Setting>).map(([name, setting]) => {
    const fallback = setting.schema.safeParse(undefined);
    const value = fallback.success && fallback.data !== undefined ? `\`${shown(fallback.data)}\`` : '';
    return `| \`${name}\` | ${value} | ${setting.secret ? 'Secret. ' : ''}${setting.about} |`;
  });
  return [
    '# Configuration',
    '',
    'Values come from the environment, or from a JSON file with the same names that `HUFU_CONFIG` points to; the environment wins. All are checked at start: a wrong or unknown name stops the server and is named, secrets are never printed.',
    '',
    '| Name | Default | Meaning |',
    '|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return value.join(',');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
