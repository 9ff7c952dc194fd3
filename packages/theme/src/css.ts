import { dark, light, measures } from './tokens.ts';

/** `primaryHover` → `--hufu-primary-hover`, `space1` → `--hufu-space-1`. */
export const cssVariable = (name: string): string =>
  `--hufu-${name.replaceAll(/[A-Z]|\d+/g, (part) => `-${part.toLowerCase()}`)}`;

const declarations = (values: Readonly<Record<string, string>>, indent: string): string =>
  Object.entries(values)
    .map(([name, value]) => `${indent}${cssVariable(name)}: ${value};\n`)
    .join('');

/**
 * The text of tokens.css. The theme follows the system unless the root element carries `data-theme="light"` or
 * `data-theme="dark"`.
 */
export function tokensCss(): string {
  return [
    '/* Written from tokens.ts: change the values there, then run `node packages/theme/scripts/write-css.mjs`. */\n',
    `:root {\n  color-scheme: light;\n${declarations(light, '  ')}${declarations(measures, '  ')}}\n`,
    `@media (prefers-color-scheme: dark) {\n  :root:not([data-theme="light"]) {\n    color-scheme: dark;\n${declarations(dark, '    ')}  }\n}\n`,
    `:root[data-theme="dark"] {\n  color-scheme: dark;\n${declarations(dark, '  ')}}\n`,
    '@media (prefers-reduced-motion: reduce) {\n  :root {\n    --hufu-motion-fast: 0ms;\n    --hufu-motion: 0ms;\n  }\n}\n',
  ].join('\n');
}
