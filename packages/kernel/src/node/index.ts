export { readIfPresent, syncFolder, writeDurably } from './durable-file.ts';
export { lockFolder } from './folder-lock.ts';
export { type LineJournal, openLineJournal } from './line-journal.ts';
export { type PassphraseBox, passphraseBoxes, SCRYPT_N } from './passphrase-box.ts';
export { type SocketClient, type SocketClientOptions, socketClient } from './socket-client.ts';
