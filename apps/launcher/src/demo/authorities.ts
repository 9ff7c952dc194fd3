import type { Ports } from '../ports.ts';

/** A demo authority: what its process is started with, and how the hub is told to treat it. */
export type DemoAuthority = {
  readonly id: string;
  readonly port: keyof Ports;
  /** Which of the vendors' certificate layouts it follows (README of the authority). */
  readonly vendor: 'a' | 'b' | 'c';
  readonly algorithm: 'sm2' | 'rsa' | 'p256';
  readonly name: string;
  readonly nameEn: string;
  readonly phone: string;
  readonly region: string;
  readonly joined: boolean;
  /** How long its status service takes to answer, in milliseconds. */
  readonly delayMs: number;
  readonly ocspBudgetMs: number;
};

/** Three that differ as real ones do, and one from another province that is not recognised (HUB-012). */
export const DEMO_AUTHORITIES: readonly DemoAuthority[] = [
  {
    id: 'caoyuan-ca',
    port: 'sm2Authority',
    vendor: 'a',
    algorithm: 'sm2',
    name: '草原CA（演示）',
    nameEn: 'Grassland CA (demo)',
    phone: '0471-5550101',
    region: '150000',
    joined: true,
    delayMs: 0,
    ocspBudgetMs: 5_000,
  },
  {
    id: 'baisong-ca',
    port: 'rsaAuthority',
    vendor: 'b',
    algorithm: 'rsa',
    name: '白松CA（演示，应答较慢）',
    nameEn: 'White Pine CA (demo, slow to answer)',
    phone: '010-55550202',
    region: '150000',
    joined: true,
    delayMs: 6_000,
    ocspBudgetMs: 20_000,
  },
  {
    id: 'hetao-ca',
    port: 'ecdsaAuthority',
    vendor: 'c',
    algorithm: 'p256',
    name: '河套CA（演示）',
    nameEn: 'Hetao CA (demo)',
    phone: '0478-5550303',
    region: '150000',
    joined: true,
    delayMs: 0,
    ocspBudgetMs: 5_000,
  },
  {
    id: 'waisheng-ca',
    port: 'foreignAuthority',
    vendor: 'a',
    algorithm: 'sm2',
    name: '外省CA（演示，未加入互认）',
    nameEn: 'Out-of-region CA (demo, not recognised)',
    phone: '025-55550404',
    region: '320000',
    joined: false,
    delayMs: 0,
    ocspBudgetMs: 5_000,
  },
];
