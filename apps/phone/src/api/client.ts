import { createCaller } from '@hufu/contracts/caller';
import { problems } from './problem.ts';

export { addressOf } from '@hufu/contracts/caller';

export const acceptLanguage = (): string => (document.documentElement.lang.startsWith('en') ? 'en' : 'zh-CN');

export const call = createCaller({
  problems,
  codes: { network: 'APP_NETWORK', answer: 'APP_ANSWER' },
  headers: () => ({ 'accept-language': acceptLanguage() }),
});
