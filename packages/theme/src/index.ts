export { contrast } from './contrast.ts';
export { cssVariable, tokensCss } from './css.ts';
export { dark, light, type Measures, measures, type Palette } from './tokens.ts';
