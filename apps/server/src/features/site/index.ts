import path from 'node:path';
import { type DemoManifest, publicRoutes } from '@hufu/contracts';
import type { Config } from '../../infra/config/config.ts';
import { infraError } from '../../infra/errors.ts';
import type { Feature } from '../../infra/feature.ts';
import { mount } from '../../infra/http/mount.ts';
import { readDemoMail } from './demo-mail.ts';
import { readDownloads, serveDownloads } from './downloads.ts';
import type { RegionProfile } from './region-profile.ts';

export { readDemoManifest, seedDemo } from './demo.ts';
export { type RegionProfile, readRegionProfile } from './region-profile.ts';

export type SiteDeps = {
  readonly config: Pick<Config, 'mode' | 'baseUrl' | 'dataDirectory' | 'keyBridgeOrigins'>;
  readonly region: RegionProfile;
  readonly version: string;
  /** Folder with the packages for download and their manifest. */
  readonly downloads: string;
  /** Ways to log in, each a method of its own; pages show those that are listed. */
  readonly loginMethods: readonly LoginMethod[];
  /** Present in a demo alone. */
  readonly demo: DemoManifest | undefined;
};

/** A way to log in. */
export type LoginMethod = { readonly id: string; readonly label: string; readonly labelEn: string };

export const KEY_LOGIN: LoginMethod = { id: 'key', label: '企业登录', labelEn: 'Log in with a key' };

/** HUB-040, where there is a vault for the phones' keys. */
export const PHONE_LOGIN: LoginMethod = {
  id: 'phone',
  label: '标证通登录',
  labelEn: 'Log in with 标证通',
};

/** Everything that is public and the same for all: the region, its directory, help and downloads. */
export function createSite(deps: SiteDeps): Feature {
  const { config, region, demo } = deps;
  const site = {
    hubTitle: region.hubTitle,
    authTitle: region.authTitle,
    regionName: region.regionName,
    hotline: region.hotline,
    version: deps.version,
    demo: config.mode === 'demo',
    issuer: `${config.baseUrl}/oidc`,
    cities: region.cities,
    keyBridge: { ports: config.keyBridgeOrigins.map((origin) => Number(new URL(origin).port)) },
    unbind: { mailbox: region.unbindMailbox, templateUrl: '/downloads/letter-of-authorisation.pdf' },
    loginMethods: [...deps.loginMethods],
    guides: region.guides,
  };
  return {
    name: 'site',
    async register(app) {
      const open = { anyOrigin: true } as const;
      mount(app, { route: publicRoutes.site, config: open, handler: async () => site });
      mount(app, { route: publicRoutes.support, config: open, handler: async () => region.support });
      mount(app, { route: publicRoutes.faq, config: open, handler: async () => [...region.faq] });
      mount(app, {
        route: publicRoutes.downloads,
        config: open,
        handler: async () => readDownloads(deps.downloads),
      });
      mount(app, {
        route: publicRoutes.demoGuide,
        handler: async () => {
          if (demo === undefined) throw infraError('NOT_FOUND');
          return guideOf(demo);
        },
      });
      mount(app, {
        route: publicRoutes.demoMail,
        handler: async () => {
          if (config.mode !== 'demo') throw infraError('NOT_FOUND');
          return readDemoMail(path.join(config.dataDirectory, 'mail'));
        },
      });
      await serveDownloads(app, deps.downloads);
    },
  };

  function guideOf({ assistantUrl, mailboxUrl, tokens, people, platforms }: DemoManifest) {
    return {
      assistantUrl,
      mailboxUrl,
      tokens,
      people,
      platforms: platforms.flatMap(({ code, homeUrl, name }) => {
        const known = region.platforms.find((one) => one.code === code);
        return homeUrl === null || homeUrl === undefined
          ? []
          : [{ code, name: name ?? known?.name ?? code, url: homeUrl }];
      }),
    };
  }
}
