import { createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { z } from 'zod';
import { deskRoute } from './desk-routes.tsx';
import { CrashPage, NotFoundPage } from './fallback-pages.tsx';
import { libraryRoutes } from './library-routes.tsx';
import { rootRoute } from './root-route.tsx';

const text = z.string().max(200).optional().catch(undefined);
/** A page of this app to go on with after logging in. */
const next = z
  .string()
  .max(200)
  .regex(/^\/[a-z]/)
  .optional()
  .catch(undefined);

const home = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  component: lazyRouteComponent(() => import('../hub/home/home-page.tsx'), 'HomePage'),
});
const entry = createRoute({
  getParentRoute: () => rootRoute,
  path: '/entry',
  component: lazyRouteComponent(() => import('../hub/entry/entry-page.tsx'), 'EntryPage'),
});
const bind = createRoute({
  getParentRoute: () => rootRoute,
  path: '/bind',
  component: lazyRouteComponent(() => import('../hub/bind/bind-page.tsx'), 'BindPage'),
});
const login = createRoute({
  getParentRoute: () => rootRoute,
  path: '/login',
  validateSearch: z.object({ next, by: z.enum(['key', 'phone']).optional().catch(undefined) }),
  component: lazyRouteComponent(() => import('../hub/login/login-page.tsx'), 'LoginPage'),
});
const session = createRoute({
  getParentRoute: () => rootRoute,
  path: '/session',
  component: lazyRouteComponent(() => import('../hub/session/session-page.tsx'), 'SessionPage'),
});
const platforms = createRoute({
  getParentRoute: () => rootRoute,
  path: '/platforms',
  validateSearch: z.object({ q: text, platform: text }),
  component: lazyRouteComponent(() => import('../hub/platforms/platforms-page.tsx'), 'PlatformsPage'),
});
const authorise = createRoute({
  getParentRoute: () => rootRoute,
  path: '/authorise/$id',
  component: lazyRouteComponent(() => import('../hub/authorise/authorise-page.tsx'), 'AuthorisePage'),
});
const interaction = createRoute({
  getParentRoute: () => rootRoute,
  path: '/interaction/$uid',
  component: lazyRouteComponent(() => import('../hub/interaction/interaction-page.tsx'), 'InteractionPage'),
});
const profile = createRoute({
  getParentRoute: () => rootRoute,
  path: '/profile',
  validateSearch: z.object({ edit: z.boolean().optional().catch(undefined) }),
  component: lazyRouteComponent(() => import('../hub/profile/profile-page.tsx'), 'ProfilePage'),
});
/** The address that notices carry. */
const me = createRoute({
  getParentRoute: () => rootRoute,
  path: '/me',
  beforeLoad: () => {
    throw redirect({ to: '/profile', replace: true });
  },
});
const objection = createRoute({
  getParentRoute: () => rootRoute,
  path: '/notices/unbind/$id',
  component: lazyRouteComponent(() => import('../hub/profile/objection-page.tsx'), 'ObjectionPage'),
});
const unbind = createRoute({
  getParentRoute: () => rootRoute,
  path: '/unbind',
  component: lazyRouteComponent(() => import('../hub/unbind/unbind-page.tsx'), 'UnbindPage'),
});
const unbindStatus = createRoute({
  getParentRoute: () => rootRoute,
  path: '/unbind/status/$token',
  component: lazyRouteComponent(() => import('../hub/unbind/unbind-status-page.tsx'), 'UnbindStatusPage'),
});
const evidence = createRoute({
  getParentRoute: () => rootRoute,
  path: '/evidence',
  validateSearch: z.object({
    page: z.number().int().min(1).max(10_000).optional().catch(undefined),
    pageSize: z.literal([20, 50, 100]).optional().catch(undefined),
    kind: text,
    record: text,
  }),
  component: lazyRouteComponent(() => import('../evidence/history-page.tsx'), 'HistoryPage'),
});
const evidenceVerify = createRoute({
  getParentRoute: () => rootRoute,
  path: '/evidence/verify',
  component: lazyRouteComponent(() => import('../evidence/verify-yourself-page.tsx'), 'VerifyYourselfPage'),
});
const evidenceStamp = createRoute({
  getParentRoute: () => rootRoute,
  path: '/evidence/$id',
  component: lazyRouteComponent(() => import('../evidence/stamp-page.tsx'), 'StampPage'),
});
const seals = createRoute({
  getParentRoute: () => rootRoute,
  path: '/seals',
  component: lazyRouteComponent(() => import('../seals/seals-page.tsx'), 'SealsPage'),
});
const newSeal = createRoute({
  getParentRoute: () => rootRoute,
  path: '/seals/new',
  component: lazyRouteComponent(() => import('../seals/apply-page.tsx'), 'ApplyPage'),
});
const signing = createRoute({
  getParentRoute: () => rootRoute,
  path: '/signing',
  validateSearch: z.object({
    page: z.number().int().min(1).max(10_000).optional().catch(undefined),
    pageSize: z.literal([20, 50, 100]).optional().catch(undefined),
    show: z.enum(['turn', 'sent', 'received', 'done', 'all']).optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('../signing/tasks-page.tsx'), 'TasksPage'),
});
const signingTask = createRoute({
  getParentRoute: () => rootRoute,
  path: '/signing/$id',
  // The order of a platform that asked for the seal: where to go back to is known to the server alone.
  validateSearch: z.object({
    order: z
      .string()
      .regex(/^[A-Za-z0-9_-]{1,64}$/)
      .optional()
      .catch(undefined),
  }),
  component: lazyRouteComponent(() => import('../signing/task-page.tsx'), 'TaskPage'),
});
const verify = createRoute({
  getParentRoute: () => rootRoute,
  path: '/verify',
  component: lazyRouteComponent(() => import('../verify/verify-page.tsx'), 'VerifyPage'),
});
const support = createRoute({
  getParentRoute: () => rootRoute,
  path: '/support',
  component: lazyRouteComponent(() => import('../info/support-page.tsx'), 'SupportPage'),
});
const help = createRoute({
  getParentRoute: () => rootRoute,
  path: '/help',
  validateSearch: z.object({ q: text }),
  component: lazyRouteComponent(() => import('../info/help-page.tsx'), 'HelpPage'),
});
const downloads = createRoute({
  getParentRoute: () => rootRoute,
  path: '/downloads',
  component: lazyRouteComponent(() => import('../info/downloads-page.tsx'), 'DownloadsPage'),
});
const preparation = createRoute({
  getParentRoute: () => rootRoute,
  path: '/preparation',
  component: lazyRouteComponent(() => import('../info/preparation-page.tsx'), 'PreparationPage'),
});
const demo = createRoute({
  getParentRoute: () => rootRoute,
  path: '/demo',
  component: lazyRouteComponent(() => import('../info/demo-page.tsx'), 'DemoPage'),
});

const routeTree = rootRoute.addChildren([
  home,
  entry,
  bind,
  login,
  session,
  platforms,
  authorise,
  interaction,
  profile,
  me,
  objection,
  unbind,
  unbindStatus,
  evidence,
  evidenceVerify,
  evidenceStamp,
  seals,
  newSeal,
  signing,
  signingTask,
  verify,
  support,
  help,
  downloads,
  preparation,
  demo,
  ...libraryRoutes,
  deskRoute,
]);

export const router = createRouter({
  routeTree,
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
