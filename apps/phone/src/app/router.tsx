import { createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { LoginPage } from '../login/login-page.tsx';
import { CrashPage, NotFoundPage } from './fallback-pages.tsx';
import { moreRoutes } from './more-routes.tsx';
import { memberRoute, rootRoute } from './root-route.tsx';

/** A page of this app to go on with after logging in. */
const next = z
  .string()
  .max(200)
  .regex(/^\/[a-z]/)
  .optional()
  .catch(undefined);

const login = createRoute({
  getParentRoute: () => rootRoute,
  path: '/login',
  validateSearch: z.object({ next }),
  component: LoginPage,
});
const home = createRoute({
  getParentRoute: () => memberRoute,
  path: '/',
  // Where the identity provider sends people back to.
  validateSearch: z.object({ problem: z.string().max(60).optional().catch(undefined) }),
  component: lazyRouteComponent(() => import('../home/home-page.tsx'), 'HomePage'),
});
const settings = createRoute({
  getParentRoute: () => memberRoute,
  path: '/settings',
  component: lazyRouteComponent(() => import('../home/settings-page.tsx'), 'SettingsPage'),
});
const scan = createRoute({
  getParentRoute: () => memberRoute,
  path: '/scan',
  component: lazyRouteComponent(() => import('../scan/scan-page.tsx'), 'ScanPage'),
});
const confirm = createRoute({
  getParentRoute: () => memberRoute,
  path: '/scan/confirm',
  component: lazyRouteComponent(() => import('../scan/confirm/confirm-page.tsx'), 'ConfirmPage'),
});

const routeTree = rootRoute.addChildren([
  login,
  memberRoute.addChildren([home, settings, scan, confirm, ...moreRoutes]),
]);

export const router = createRouter({
  routeTree,
  basepath: '/phone',
  defaultPreload: 'intent',
  scrollRestoration: true,
  defaultErrorComponent: CrashPage,
  defaultNotFoundComponent: NotFoundPage,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
