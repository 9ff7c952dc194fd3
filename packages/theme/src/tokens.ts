/** The picture is a bronze tiger tally inlaid with gold, and the vermilion of a seal (docs: design, look and words). */

export type Palette = {
  /** 黛: text and structure. */
  readonly ink: string;
  /** Second-rank text. Meets AA (4.5:1) on `paper`, `surface` and `sunken`. */
  readonly inkSoft: string;
  /** 铜绿: the primary action, links, focus. */
  readonly primary: string;
  readonly primaryHover: string;
  readonly primaryActive: string;
  /** Wash behind selected or highlighted things. */
  readonly primarySoft: string;
  /** Text on `primary`. */
  readonly onPrimary: string;
  /** Bronze gold: a thin accent (rules, edges). Never text. */
  readonly gold: string;
  readonly goldSoft: string;
  /** Bronze dark enough to read: for the few words set in the accent. */
  readonly goldText: string;
  /** 朱: only for seals and for what destroys. */
  readonly vermilion: string;
  readonly vermilionHover: string;
  readonly vermilionSoft: string;
  readonly onVermilion: string;
  /** Page ground. */
  readonly paper: string;
  /** Cards, dialogs, fields. */
  readonly surface: string;
  /** Table heads, code, wells. */
  readonly sunken: string;
  /** Hairlines that only decorate. */
  readonly line: string;
  /** Edges that carry meaning, such as a field's border (3:1, WCAG 1.4.11). */
  readonly lineStrong: string;
  /** Status is always word and shape as well as colour. */
  readonly success: string;
  readonly successSoft: string;
  readonly warning: string;
  readonly warningSoft: string;
  readonly info: string;
  readonly infoSoft: string;
  readonly shadow: string;
  readonly veil: string;
};

export const light: Palette = {
  ink: '#1d3540',
  inkSoft: '#50656e',
  primary: '#2f6f6a',
  primaryHover: '#275e5a',
  primaryActive: '#1f4d4a',
  primarySoft: '#e3eeec',
  onPrimary: '#ffffff',
  gold: '#b58a4a',
  goldSoft: '#f3eadb',
  goldText: '#7c5a24',
  vermilion: '#c23a2b',
  vermilionHover: '#a83023',
  vermilionSoft: '#fae9e6',
  onVermilion: '#ffffff',
  paper: '#f7f5f0',
  surface: '#ffffff',
  sunken: '#efece4',
  line: '#dfdad0',
  lineStrong: '#7d8a8e',
  success: '#2f6b3c',
  successSoft: '#e6f0e6',
  warning: '#85560b',
  warningSoft: '#fbf0da',
  info: '#2b5c84',
  infoSoft: '#e4eef6',
  shadow: 'rgb(29 53 64 / 0.12)',
  veil: 'rgb(16 28 34 / 0.45)',
};

export const dark: Palette = {
  ink: '#e9e5da',
  inkSoft: '#a9b6b9',
  primary: '#76b8b0',
  primaryHover: '#8cc7c0',
  primaryActive: '#a2d4ce',
  primarySoft: '#1f3a3a',
  onPrimary: '#0d1f22',
  gold: '#c9a266',
  goldSoft: '#332a1c',
  goldText: '#d9b67e',
  vermilion: '#ef8475',
  vermilionHover: '#f49a8d',
  vermilionSoft: '#3d2320',
  onVermilion: '#2a0d09',
  paper: '#10191d',
  surface: '#18252a',
  sunken: '#132025',
  line: '#2b3b41',
  lineStrong: '#74868c',
  success: '#86c491',
  successSoft: '#1d3323',
  warning: '#e0b35a',
  warningSoft: '#362a14',
  info: '#8bbbe2',
  infoSoft: '#1b2f40',
  shadow: 'rgb(0 0 0 / 0.45)',
  veil: 'rgb(0 0 0 / 0.6)',
};

/** Sizes, type and time: the same in both themes. Lengths are CSS lengths. */
export const measures = {
  /** The system's CJK sans: no font is downloaded. */
  fontSans:
    '-apple-system, BlinkMacSystemFont, "Segoe UI", "PingFang SC", "HarmonyOS Sans SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", sans-serif',
  /** Seals and printed documents only. */
  fontSerif: '"Noto Serif SC", "Noto Serif CJK SC", "Source Han Serif SC", "Songti SC", "SimSun", serif',
  fontMono: 'ui-monospace, "SF Mono", "Cascadia Mono", "JetBrains Mono", "Noto Sans Mono CJK SC", monospace',
  textSmall: '0.8125rem',
  text: '0.9375rem',
  textLarge: '1.0625rem',
  heading3: '1.1875rem',
  heading2: '1.4375rem',
  heading1: '1.875rem',
  lineHeight: '1.6',
  space1: '4px',
  space2: '8px',
  space3: '12px',
  space4: '16px',
  space5: '24px',
  space6: '32px',
  space7: '48px',
  space8: '72px',
  radiusSmall: '4px',
  radius: '6px',
  radiusLarge: '10px',
  /** Smallest size of what can be pressed (WCAG 2.5.8 asks for 24px). */
  target: '40px',
  focusRing: '3px',
  pageWidth: '1180px',
  readingWidth: '720px',
  motionFast: '120ms',
  motion: '200ms',
} as const;

export type Measures = typeof measures;
