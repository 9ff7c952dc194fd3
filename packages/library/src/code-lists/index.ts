export type { CodeList } from './code-list.ts';
