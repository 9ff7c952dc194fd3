export { nodeCryptoEngine } from '@hufu/pki/node';
