import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FaqEntry, PlatformPublic, Site, SupportContact } from '@hufu/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { z } from 'zod';
import { readRegionProfile } from '../../../src/features/site/index.ts';
import { DATA, hubWorld, type World } from '../../support/hub/hub-world.ts';

let world: World;
beforeAll(async () => {
  world = await hubWorld();
});
afterAll(() => world.close());

const get = async <T>(address: string) => (await world.browser().call<T>(address)).body;

test('HUB-001, GEN-008 the region stands in data: titles, hotline, cities, ways to log in', async () => {
  expect(await get<z.infer<typeof Site>>('/api/v1/site')).toMatchObject({
    hubTitle: '内蒙古自治区公共资源交易平台CA互认系统',
    authTitle: '内蒙古自治区CA统一认证平台',
    hotline: '400-998-0000',
    demo: true,
    unbind: { mailbox: 'nmgcahr@163.com' },
    loginMethods: [{ id: 'key', label: '企业登录' }],
  });
});

test('HUB-010, OD-06 fifteen trading platforms in their groups, and the library as a target', async () => {
  const platforms = await get<PlatformPublic[]>('/api/v1/platforms');
  const of = (group: string) => platforms.filter((one) => one.group === group).length;
  expect([of('REGIONAL_CENTRE'), of('WEST'), of('EAST'), of('LIBRARY')]).toEqual([2, 7, 6, 1]);
  expect(platforms.find(({ group }) => group === 'LIBRARY')?.name).toBe('自治区公共资源交易主体信息库');
});

test('HUB-120 the directory has the printed numbers', async () => {
  const support = await get<z.infer<typeof SupportContact>[]>('/api/v1/support');
  const phones = Object.fromEntries(support.map(({ name, phone }) => [name, phone]));
  expect(phones).toMatchObject({
    '内蒙古自治区工程项目交易平台（房建市政招标项目问题受理）': '13134715937',
    '内蒙古自治区工程项目交易平台（铁路、水利招标项目问题受理）': '4009280095',
    内蒙古自治区政采交易平台: '0471-6946883',
    内蒙古自治区土地使用权与矿业权出让交易平台: '0471-6945640',
    自治区CA互认系统技术支持: '4009980000',
    巴彦淖尔市公共资源交易平台: '0478-8926705',
    通辽市公共资源交易平台: '0475-8910888',
    乌海市公共资源交易平台: '0471-2999726',
    阿拉善公共资源交易平台: '0483-8345573',
    包头市政府采购网: '0755-86564533',
  });
  expect(support[0]?.note).toContain('336486472');
});

test('HUB-123 the sixteen answers of the guide, numbered as corrected, in both languages', async () => {
  const faq = await get<z.infer<typeof FaqEntry>[]>('/api/v1/faq');
  expect(faq.map(({ id }) => id)).toEqual([
    ...Array.from({ length: 13 }, (_, i) => String(i + 1)),
    '14a',
    '14b',
    '15',
  ]);
  for (const entry of faq) expect(entry.answer && entry.answerEn && entry.questionEn).toBeTruthy();
});

/** Enterprises that are made up live somewhere; that place configures nothing. */
const INVENTED = ['generate/', 'features/demo-library/'];

test('GEN-009 no host, name or number of the region stands in code', () => {
  const root = fileURLToPath(new URL('../../../src', import.meta.url));
  const files = fs
    .readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !INVENTED.some((folder) => name.startsWith(folder)));
  const code = files.map((name) => fs.readFileSync(path.join(root, name), 'utf8')).join('\n');
  for (const datum of ['400-998', '4009980000', 'nmgcahr', '呼和浩特', '乌兰察布'])
    expect(code).not.toContain(datum);
});

test('AST-019 a configured installation has its own profile, with guides of its issuers, read with the same strictness', () => {
  const file = path.join(world.infra.directory, 'region.json');
  const profile = JSON.parse(fs.readFileSync(path.join(DATA, 'region', 'inner-mongolia.json'), 'utf8'));
  const guide = { name: 'CFCA办理指南', nameEn: 'How to apply at CFCA', url: 'https://ca.example/guide' };
  fs.writeFileSync(file, JSON.stringify({ ...profile, regionName: '别的地区', guides: [guide] }));
  expect(readRegionProfile(DATA, file)).toMatchObject({ regionName: '别的地区', guides: [guide] });
  const script = { ...guide, url: 'javascript:alert(1)' };
  fs.writeFileSync(file, JSON.stringify({ ...profile, guides: [script] }));
  expect(() => readRegionProfile(DATA, file)).toThrow();
  fs.writeFileSync(file, JSON.stringify({ ...profile, hotlin: 'x' }));
  expect(() => readRegionProfile(DATA, file)).toThrow();
});

test('without a manifest there is no guide to keys and PINs', async () => {
  expect((await world.browser().call('/api/v1/demo/guide')).status).toBe(404);
});
