import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { rootRoute } from './root-route.tsx';

const text = z.string().max(100).optional().catch(undefined);
const list = z.object({
  page: z.number().int().min(1).max(10_000).optional().catch(undefined),
  pageSize: z.literal([20, 50, 100]).optional().catch(undefined),
  sort: z
    .string()
    .regex(/^-?[a-zA-Z]{1,40}$/)
    .optional()
    .catch(undefined),
  q: text,
});
const day = z.iso.date().optional().catch(undefined);

const desk = createRoute({
  getParentRoute: () => rootRoute,
  path: '/desk',
  component: lazyRouteComponent(() => import('../desk/desk-layout.tsx'), 'DeskLayout'),
});
const overview = createRoute({
  getParentRoute: () => desk,
  path: '/',
  component: lazyRouteComponent(() => import('../desk/overview/overview-page.tsx'), 'OverviewPage'),
});

const platforms = createRoute({
  getParentRoute: () => desk,
  path: '/platforms',
  validateSearch: z.object({
    q: text,
    state: z.enum(['joined', 'notJoined', 'suspended']).optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('../desk/platforms/platforms-page.tsx'), 'PlatformsPage'),
});
const newPlatform = createRoute({
  getParentRoute: () => platforms,
  path: '/new',
  component: lazyRouteComponent(() => import('../desk/platforms/new-platform.tsx'), 'NewPlatform'),
});
const platform = createRoute({
  getParentRoute: () => platforms,
  path: '/$code',
  component: lazyRouteComponent(() => import('../desk/platforms/platform-drawer.tsx'), 'PlatformDrawer'),
});

const authorities = createRoute({
  getParentRoute: () => desk,
  path: '/authorities',
  component: lazyRouteComponent(() => import('../desk/authorities/authorities-page.tsx'), 'AuthoritiesPage'),
});
const newAuthority = createRoute({
  getParentRoute: () => authorities,
  path: '/new',
  component: lazyRouteComponent(() => import('../desk/authorities/new-authority.tsx'), 'NewAuthority'),
});
const authority = createRoute({
  getParentRoute: () => authorities,
  path: '/$id',
  component: lazyRouteComponent(() => import('../desk/authorities/authority-drawer.tsx'), 'AuthorityDrawer'),
});

const bindings = createRoute({
  getParentRoute: () => desk,
  path: '/bindings',
  validateSearch: list.extend({ city: text, authority: text }),
  component: lazyRouteComponent(() => import('../desk/bindings/bindings-page.tsx'), 'BindingsPage'),
});
const binding = createRoute({
  getParentRoute: () => bindings,
  path: '/$id',
  component: lazyRouteComponent(() => import('../desk/bindings/binding-drawer.tsx'), 'BindingDrawer'),
});

const unbind = createRoute({
  getParentRoute: () => desk,
  path: '/unbind',
  validateSearch: list.extend({
    state: z.enum(['SUBMITTED', 'CHECKED', 'REJECTED', 'DONE', 'OBJECTED']).optional().catch(undefined),
    overdue: z.literal(true).optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('../desk/unbind/unbind-queue.tsx'), 'UnbindQueue'),
});
const unbindOne = createRoute({
  getParentRoute: () => unbind,
  path: '/$id',
  component: lazyRouteComponent(() => import('../desk/unbind/unbind-drawer.tsx'), 'UnbindDrawer'),
});

const ra = createRoute({
  getParentRoute: () => desk,
  path: '/ra',
  validateSearch: list.extend({
    show: z.enum(['waiting', 'overdue']).optional().catch(undefined),
    state: z
      .enum([
        'UNDER_REVIEW',
        'RETURNED',
        'TO_PAY',
        'TO_DOWNLOAD',
        'EFFECTIVE',
        'RECEIVED',
        'IN_PROCESS',
        'ISSUED',
        'MAILED',
        'COMPLETED',
        'CANCELLED',
      ])
      .optional()
      .catch(undefined),
    kind: z
      .enum(['NEW', 'RENEW', 'CHANGE', 'REISSUE', 'CANCEL', 'REAPPLY', 'RESET_PIN'])
      .optional()
      .catch(undefined),
    channel: z.enum(['APP', 'COUNTER', 'ONLINE']).optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('../desk/ra/ra-queue.tsx'), 'RaQueue'),
});
const raTicket = createRoute({
  getParentRoute: () => ra,
  path: '/new',
  component: lazyRouteComponent(() => import('../desk/ra/new-ticket.tsx'), 'NewTicket'),
});
const raOrder = createRoute({
  getParentRoute: () => ra,
  path: '/$id',
  component: lazyRouteComponent(() => import('../desk/ra/ra-drawer.tsx'), 'RaDrawer'),
});
const raCertificates = createRoute({
  getParentRoute: () => desk,
  path: '/ra-certificates',
  validateSearch: list.extend({
    state: z.enum(['EFFECTIVE', 'HELD', 'REVOKED', 'EXPIRED']).optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('../desk/ra/certificates-page.tsx'), 'CertificatesPage'),
});
const raCertificate = createRoute({
  getParentRoute: () => raCertificates,
  path: '/$id',
  component: lazyRouteComponent(() => import('../desk/ra/certificate-drawer.tsx'), 'CertificateDrawer'),
});

const approvals = createRoute({
  getParentRoute: () => desk,
  path: '/approvals',
  validateSearch: list.extend({ state: z.enum(['OPEN', 'CLOSED']).optional().catch(undefined) }),
  component: lazyRouteComponent(() => import('../desk/approvals/approvals-page.tsx'), 'ApprovalsPage'),
});
const approval = createRoute({
  getParentRoute: () => approvals,
  path: '/$id',
  component: lazyRouteComponent(() => import('../desk/approvals/approval-drawer.tsx'), 'ApprovalDrawer'),
});

const seals = createRoute({
  getParentRoute: () => desk,
  path: '/seals',
  validateSearch: list.extend({
    state: z
      .enum(['APPLIED', 'ACTIVE', 'FROZEN', 'REVOKED', 'EXPIRED', 'REPLACED', 'REJECTED'])
      .optional()
      .catch(undefined),
    kind: z.enum(['ENTERPRISE', 'LEGAL_REPRESENTATIVE']).optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('../desk/seals/seals-page.tsx'), 'SealsPage'),
});
const seal = createRoute({
  getParentRoute: () => seals,
  path: '/$id',
  component: lazyRouteComponent(() => import('../desk/seals/seal-drawer.tsx'), 'SealDrawer'),
});

const evidence = createRoute({
  getParentRoute: () => desk,
  path: '/evidence',
  validateSearch: z.object({
    page: list.shape.page,
    pageSize: list.shape.pageSize,
    kind: text,
    record: text,
  }),
  component: lazyRouteComponent(() => import('../desk/evidence/evidence-page.tsx'), 'EvidencePage'),
});
const evidenceStamp = createRoute({
  getParentRoute: () => evidence,
  path: '/$id',
  component: lazyRouteComponent(() => import('../desk/evidence/stamp-drawer.tsx'), 'StampDrawer'),
});

const sessions = createRoute({
  getParentRoute: () => desk,
  path: '/sessions',
  validateSearch: list,
  component: lazyRouteComponent(() => import('../desk/sessions/sessions-page.tsx'), 'SessionsPage'),
});

const audit = createRoute({
  getParentRoute: () => desk,
  path: '/audit',
  validateSearch: list.extend({
    from: day,
    to: day,
    action: text,
    actor: text,
    outcome: z.enum(['OK', 'REFUSED']).optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('../desk/audit/audit-page.tsx'), 'AuditPage'),
});
const auditRow = createRoute({
  getParentRoute: () => audit,
  path: '/$id',
  component: lazyRouteComponent(() => import('../desk/audit/audit-drawer.tsx'), 'AuditDrawer'),
});

const operators = createRoute({
  getParentRoute: () => desk,
  path: '/operators',
  component: lazyRouteComponent(() => import('../desk/operators/operators-page.tsx'), 'OperatorsPage'),
});
const newOperator = createRoute({
  getParentRoute: () => operators,
  path: '/new',
  component: lazyRouteComponent(() => import('../desk/operators/new-operator.tsx'), 'NewOperator'),
});
const operator = createRoute({
  getParentRoute: () => operators,
  path: '/$id',
  component: lazyRouteComponent(() => import('../desk/operators/operator-drawer.tsx'), 'OperatorDrawer'),
});

const library = createRoute({
  getParentRoute: () => desk,
  path: '/library',
  validateSearch: list.omit({ sort: true }).extend({
    sort: z
      .enum(['-registeredAt', 'registeredAt', '-updatedAt', 'updatedAt', 'name', '-name'])
      .optional()
      .catch(undefined),
    state: z.enum(['REGISTERED_SIMPLE', 'ACTIVE', 'FROZEN', 'MERGED']).optional().catch(undefined),
    kind: z.enum(['ORGANISATION', 'NATURAL_PERSON']).optional().catch(undefined),
    region: z
      .string()
      .regex(/^\d{2}(\d{2}){0,2}$/)
      .optional()
      .catch(undefined),
    from: day,
    to: day,
    incomplete: z.enum(['any', 'base', 'letter']).optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('../desk/library/library-page.tsx'), 'LibraryPage'),
});
const libraryEntity = createRoute({
  getParentRoute: () => library,
  path: '/$id',
  component: lazyRouteComponent(() => import('../desk/library/entity-drawer.tsx'), 'EntityDrawer'),
});
const mappings = createRoute({
  getParentRoute: () => desk,
  path: '/mappings',
  validateSearch: z.object({
    platform: z
      .string()
      .regex(/^[a-z0-9-]{2,40}$/)
      .optional()
      .catch(undefined),
  }),
  component: lazyRouteComponent(() => import('../desk/mapping/mapping-page.tsx'), 'MappingPage'),
});
const quality = createRoute({
  getParentRoute: () => desk,
  path: '/quality',
  validateSearch: z.object({
    page: list.shape.page,
    pageSize: list.shape.pageSize,
    kind: z
      .enum(['EXPIRED_PAPER', 'OLD_DRAFT', 'SHARED_CERTIFICATE', 'PERSON_AT_TWO'])
      .optional()
      .catch(undefined),
    type: z
      .string()
      .regex(/^[a-z][a-z-]{1,40}$/)
      .optional()
      .catch(undefined),
  }),
  component: lazyRouteComponent(() => import('../desk/library/quality-page.tsx'), 'QualityPage'),
});
const pushes = createRoute({
  getParentRoute: () => desk,
  path: '/pushes',
  validateSearch: z.object({
    page: list.shape.page,
    state: z.enum(['PENDING', 'ACKNOWLEDGED', 'DEAD']).optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('../desk/library/pushes-page.tsx'), 'PushesPage'),
});

const imports = createRoute({
  getParentRoute: () => desk,
  path: '/imports',
  validateSearch: list.pick({ page: true, pageSize: true }),
  component: lazyRouteComponent(() => import('../desk/library/imports-page.tsx'), 'ImportsPage'),
});

export const deskRoute = desk.addChildren([
  overview,
  platforms.addChildren([newPlatform, platform]),
  authorities.addChildren([newAuthority, authority]),
  bindings.addChildren([binding]),
  library.addChildren([libraryEntity]),
  mappings,
  quality,
  pushes,
  imports,
  unbind.addChildren([unbindOne]),
  ra.addChildren([raTicket, raOrder]),
  raCertificates.addChildren([raCertificate]),
  approvals.addChildren([approval]),
  seals.addChildren([seal]),
  evidence.addChildren([evidenceStamp]),
  sessions,
  audit.addChildren([auditRow]),
  operators.addChildren([newOperator, operator]),
]);
