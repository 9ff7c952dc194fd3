import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { rootRoute } from './root-route.tsx';

const text = z.string().max(100).optional().catch(undefined);
/** A page of the library to go on with after logging in. */
const next = z
  .string()
  .max(200)
  .regex(/^\/library\//)
  .optional()
  .catch(undefined);

const login = createRoute({
  getParentRoute: () => rootRoute,
  path: '/library',
  validateSearch: z.object({ next, problem: text, admission: text }),
  component: lazyRouteComponent(() => import('../library/login/library-login-page.tsx'), 'LibraryLoginPage'),
});
const register = createRoute({
  getParentRoute: () => rootRoute,
  path: '/library/register',
  component: lazyRouteComponent(() => import('../library/register/register-page.tsx'), 'RegisterPage'),
});

/** Everything below is for who is logged in to the library. */
const member = createRoute({
  getParentRoute: () => rootRoute,
  id: 'member',
  component: lazyRouteComponent(() => import('../library/layout/library-layout.tsx'), 'LibraryLayout'),
});
const home = createRoute({
  getParentRoute: () => member,
  path: '/library/home',
  component: lazyRouteComponent(() => import('../library/home/home-page.tsx'), 'LibraryHomePage'),
});
const base = createRoute({
  getParentRoute: () => member,
  path: '/library/base',
  validateSearch: z.object({
    edit: z.boolean().optional().catch(undefined),
    /** Another page was asked for, which opens only when this one is done (LIB-REG-11). */
    first: z.boolean().optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('../library/base/base-page.tsx'), 'BasePage'),
});
const letter = createRoute({
  getParentRoute: () => member,
  path: '/library/letter/$id',
  component: lazyRouteComponent(() => import('../library/base/letter-page.tsx'), 'LetterPage'),
});
const document = createRoute({
  getParentRoute: () => member,
  path: '/library/signing/$id',
  component: lazyRouteComponent(() => import('../library/base/document-page.tsx'), 'DocumentPage'),
});

/** `f.<field>` beside the fixed ones: which fields filter is the declaration's to say. */
const list = z
  .object({
    page: z.number().int().min(1).max(10_000).optional().catch(undefined),
    pageSize: z.literal([20, 50, 100]).optional().catch(undefined),
    sort: z
      .string()
      .regex(/^-?[a-zA-Z]{1,40}$/)
      .optional()
      .catch(undefined),
    state: text,
    expiring: z.number().int().min(0).max(3650).optional().catch(undefined),
    q: z.union([z.string(), z.number()]).transform(String).optional().catch(undefined),
  })
  .catchall(z.union([z.string(), z.number(), z.boolean()]).transform(String));

const records = createRoute({
  getParentRoute: () => member,
  path: '/library/m/$module/$type',
  validateSearch: list,
  component: lazyRouteComponent(() => import('../library/list/record-list-page.tsx'), 'RecordListPage'),
});
const newRecord = createRoute({
  getParentRoute: () => records,
  path: '/new',
  component: lazyRouteComponent(() => import('../library/form/form-routes.tsx'), 'NewRecordRoute'),
});
const record = createRoute({
  getParentRoute: () => records,
  path: '/$id',
  component: lazyRouteComponent(() => import('../library/view/view-routes.tsx'), 'RecordRoute'),
});
const recordForm = createRoute({
  getParentRoute: () => records,
  path: '/$id/$event',
  component: lazyRouteComponent(() => import('../library/form/form-routes.tsx'), 'RecordFormRoute'),
});
/** The address that notices and references carry: it leads to the record's place in its list. */
const anyRecord = createRoute({
  getParentRoute: () => member,
  path: '/library/r/$type/$id',
  component: lazyRouteComponent(() => import('../library/view/view-routes.tsx'), 'AnyRecordRoute'),
});

const person = createRoute({
  getParentRoute: () => member,
  path: '/library/people/$id',
  component: lazyRouteComponent(() => import('../library/people/person-page.tsx'), 'PersonPage'),
});
const part = createRoute({
  getParentRoute: () => person,
  path: '/$part',
  validateSearch: list,
  component: lazyRouteComponent(() => import('../library/people/part-list.tsx'), 'PartList'),
});
const newPart = createRoute({
  getParentRoute: () => part,
  path: '/new',
  component: lazyRouteComponent(() => import('../library/people/part-routes.tsx'), 'NewPartRoute'),
});
const onePart = createRoute({
  getParentRoute: () => part,
  path: '/$sub',
  component: lazyRouteComponent(() => import('../library/people/part-routes.tsx'), 'PartRoute'),
});
const partForm = createRoute({
  getParentRoute: () => part,
  path: '/$sub/$event',
  component: lazyRouteComponent(() => import('../library/people/part-routes.tsx'), 'PartFormRoute'),
});

const keys = createRoute({
  getParentRoute: () => member,
  path: '/library/keys',
  component: lazyRouteComponent(() => import('../library/keys/keys-page.tsx'), 'KeysPage'),
});
const newKey = createRoute({
  getParentRoute: () => keys,
  path: '/new',
  validateSearch: z.object({ type: z.enum(['TOKEN', 'MOBILE']).optional().catch(undefined) }),
  component: lazyRouteComponent(() => import('../library/keys/new-key-drawer.tsx'), 'NewKeyDrawer'),
});
const key = createRoute({
  getParentRoute: () => keys,
  path: '/$id',
  component: lazyRouteComponent(() => import('../library/keys/key-drawer.tsx'), 'KeyDrawer'),
});
const changeKey = createRoute({
  getParentRoute: () => keys,
  path: '/$id/change',
  component: lazyRouteComponent(() => import('../library/keys/change-key-drawer.tsx'), 'ChangeKeyDrawer'),
});
const delegates = createRoute({
  getParentRoute: () => member,
  path: '/library/delegates',
  component: lazyRouteComponent(() => import('../library/keys/delegates-page.tsx'), 'DelegatesPage'),
});

const seals = createRoute({
  getParentRoute: () => member,
  path: '/library/seals',
  component: lazyRouteComponent(() => import('../library/base/seal-pages.tsx'), 'LibrarySealsPage'),
});
const newSeal = createRoute({
  getParentRoute: () => member,
  path: '/library/seals/new',
  component: lazyRouteComponent(() => import('../library/base/seal-pages.tsx'), 'LibraryApplyPage'),
});
const files = createRoute({
  getParentRoute: () => member,
  path: '/library/files',
  component: lazyRouteComponent(() => import('../library/files/files-page.tsx'), 'FilesPage'),
});
const platforms = createRoute({
  getParentRoute: () => member,
  path: '/library/platforms',
  component: lazyRouteComponent(() => import('../library/platforms/platforms-page.tsx'), 'PlatformsPage'),
});
const notices = createRoute({
  getParentRoute: () => member,
  path: '/library/notices',
  validateSearch: z.object({
    page: list.shape.page,
    pageSize: list.shape.pageSize,
    unread: z.boolean().optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('../library/notices/notices-page.tsx'), 'NoticesPage'),
});
const sessions = createRoute({
  getParentRoute: () => member,
  path: '/library/sessions',
  component: lazyRouteComponent(() => import('../library/session/sessions-page.tsx'), 'SessionsPage'),
});
const evidence = createRoute({
  getParentRoute: () => member,
  path: '/library/evidence/$id',
  component: lazyRouteComponent(() => import('../library/view/record-stamp-page.tsx'), 'RecordStampPage'),
});

export const libraryRoutes = [
  login,
  register,
  member.addChildren([
    home,
    base,
    letter,
    document,
    records.addChildren([newRecord, record, recordForm]),
    anyRecord,
    person.addChildren([part.addChildren([newPart, onePart, partForm])]),
    keys.addChildren([newKey, key, changeKey]),
    delegates,
    seals,
    newSeal,
    platforms,
    files,
    notices,
    sessions,
    evidence,
  ]),
] as const;
