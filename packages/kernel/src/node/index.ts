export { readIfPresent, syncFolder, writeDurably } from './durable-file.ts';
export { type LineJournal, openLineJournal } from './line-journal.ts';
