import type { Ports } from '../ports.ts';

export type DemoPlatform = {
  readonly code: string;
  readonly name: string;
  readonly port: keyof Ports;
  readonly accent: string;
  /** How it files entities (SM-PLAT); as the region profile has it. */
  readonly filingMode: 'LOCAL' | 'MIRROR';
  /** Codes of the platforms whose approvals it recognises. */
  readonly recognises: readonly string[];
};

/** Two of the region's platforms run in the demo; the others stand in the register only. */
export const DEMO_PLATFORMS: readonly DemoPlatform[] = [
  {
    code: 'hohhot',
    name: '呼和浩特市公共资源交易平台',
    port: 'hohhot',
    accent: '#1f5c8b',
    filingMode: 'MIRROR',
    recognises: [],
  },
  {
    code: 'ulanqab',
    name: '乌兰察布市公共资源交易平台',
    port: 'ulanqab',
    accent: '#6b4a86',
    filingMode: 'LOCAL',
    recognises: ['hohhot'],
  },
];
