import fs from 'node:fs';
import path from 'node:path';
import { FaqEntry, Guide, PlatformForm, SupportContact } from '@hufu/contracts';
import { z } from 'zod';

/** Everything that differs from one region to the next (GEN-009). */
export const RegionProfile = z.strictObject({
  /** Administrative division (GB/T 2260). */
  regionCode: z.string().regex(/^\d{6}$/),
  regionName: z.string().min(1),
  hubTitle: z.string().min(1),
  authTitle: z.string().min(1),
  hotline: z.string().min(1),
  unbindMailbox: z.email(),
  cities: z
    .array(z.strictObject({ code: z.string().regex(/^\d{6}$/), name: z.string(), nameEn: z.string() }))
    .min(1),
  platforms: z.array(
    PlatformForm.pick({
      code: true,
      name: true,
      nameEn: true,
      group: true,
      supportPhone: true,
      subsystems: true,
      filingMode: true,
      homeUrl: true,
    }),
  ),
  support: z.array(SupportContact),
  /** Pages of issuers that say how a certificate is applied for, e.g. 「CFCA办理指南」 (AST-019). */
  guides: z.array(Guide).default([]),
  /** OD-11: whether an organisation enters its library account through the hub first. */
  libEntry: z.enum(['HUB_FIRST', 'SELF_REGISTER']).default('SELF_REGISTER'),
  /** What people call the provider by which natural persons log in (LIB-LOGIN-03). */
  citizenLogin: z
    .strictObject({ label: z.string().min(1), labelEn: z.string().min(1) })
    .default({ label: '苏服办', labelEn: 'Sufuban' }),
  /** Of the profile's own region; without it, the built-in answers. */
  faq: z.array(FaqEntry).optional(),
});
export type RegionProfile = z.infer<typeof RegionProfile> & {
  readonly faq: readonly z.infer<typeof FaqEntry>[];
};

const BUILT_IN = 'inner-mongolia';

/**
 * The region's profile: the given file, or the built-in one below `dataFolder`.
 * @throws ZodError naming what is wrong with the file
 */
export function readRegionProfile(dataFolder: string, file?: string): RegionProfile {
  const builtIn = (name: string) => path.join(dataFolder, 'region', name);
  const profile = RegionProfile.parse(readJson(file ?? builtIn(`${BUILT_IN}.json`)));
  const faq = profile.faq ?? z.array(FaqEntry).parse(readJson(builtIn(`${BUILT_IN}.faq.json`)));
  return { ...profile, faq };
}

const readJson = (file: string): unknown => JSON.parse(fs.readFileSync(file, 'utf8'));
