import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { PlatformConfig } from './config.ts';
import { isAdmitted } from './filing.ts';
import { areSealed, isLetter } from './letters.ts';
import type { Library } from './library.ts';
import { noticePage, reviewLoginPage, reviewPage } from './pages/review.tsx';
import { tenderPage } from './pages/tender.tsx';
import { READ_ONLY, SEAL_FIRST, unitPage } from './pages/unit.tsx';
import type { Member, Session, Store } from './store.ts';

type Deps = {
  readonly config: PlatformConfig;
  readonly store: Store;
  readonly library: Library;
  html(reply: FastifyReply, text: string, status?: number): FastifyReply;
  current(request: FastifyRequest): Session | undefined;
  isReviewer(request: FastifyRequest): boolean;
};

type Somebody = { readonly session: Session; readonly member: Member };
type Handler = (who: Somebody, request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;

const TenderNo = z.object({ tenderNo: z.string().trim().max(100).default('') });
const Chosen = z.object({
  tenderNo: z.string().trim().min(1).max(100),
  useStatus: z.string().trim().min(1).max(40),
  performance: z
    .union([z.string(), z.array(z.string())])
    .default([])
    .transform((chosen) => [chosen].flat()),
});
const Project = z.object({
  uscc: z.string(),
  tradeNo: z.string().trim().min(1).max(60),
  section: z.string().trim().min(1).max(60),
  projectName: z.string().trim().min(1).max(200),
  owner: z.string().trim().min(1).max(200),
});

/** Pages that deal with the library: 单位信息, 签章, 同步, 投标, 互认, and what the hub posts. */
export function libraryRoutes(
  app: FastifyInstance,
  { config, store, library, html, current, isReviewer }: Deps,
): void {
  const asMember = (handle: Handler) => async (request: FastifyRequest, reply: FastifyReply) => {
    const session = current(request);
    const member = session && store.member(session.identity.uscc);
    if (session === undefined || member === undefined) return reply.redirect('/', 303);
    return handle({ session, member }, request, reply);
  };
  const letterOf = (request: FastifyRequest) => {
    const { letter } = request.params as { letter: string };
    return isLetter(letter) ? letter : undefined;
  };
  const unknownPage = (reply: FastifyReply) =>
    html(reply, noticePage(config, '没有找到', '没有这个页面。'), 404);
  const isMirror = config.filingMode === 'MIRROR';

  app.get(
    '/unit',
    asMember(async (who, _request, reply) =>
      isMirror ? html(reply, unitPage({ config, ...who })) : reply.redirect('/', 303),
    ),
  );
  // PLAT-015: there is no way to edit, and whoever tries one is told where to go.
  app.post(
    '/unit',
    asMember(async (who, _request, reply) =>
      html(reply, unitPage({ config, ...who, message: READ_ONLY }), 409),
    ),
  );
  app.post(
    '/unit/letters/:letter/seal',
    asMember(async ({ member }, request, reply) => {
      const letter = letterOf(request);
      if (letter === undefined) return unknownPage(reply);
      return reply.redirect(await library.orderSeal(member, letter), 303);
    }),
  );
  app.get(
    '/unit/sealed/:letter',
    asMember(async ({ member, session }, request, reply) => {
      const letter = letterOf(request);
      if (letter === undefined) return unknownPage(reply);
      if (await library.confirmSeal(member, letter)) return reply.redirect('/unit', 303);
      return html(
        reply,
        unitPage({ config, session, member, message: '还没有完成签章，请在签章页面完成后再返回' }),
      );
    }),
  );
  app.post(
    '/unit/sync',
    asMember(async ({ member, session }, request, reply) => {
      if (!areSealed(member.letters)) {
        return html(reply, unitPage({ config, session, member, message: SEAL_FIRST }), 409);
      }
      const { code } = z.object({ code: z.string().trim().min(1).max(20) }).parse(request.body);
      await library.sync(member, { code, user: userOf(session) });
      return reply.redirect('/unit', 303);
    }),
  );

  app.get(
    '/tender',
    asMember(async ({ member }, request, reply) => {
      if (!isAdmitted(config, member)) return notAdmitted(reply);
      const { tenderNo } = TenderNo.parse(request.query);
      const performances = tenderNo === '' ? undefined : await library.performances(member, tenderNo);
      return html(reply, tenderPage({ config, member, tenderNo, performances }));
    }),
  );
  app.post(
    '/tender',
    asMember(async ({ member }, request, reply) => {
      if (!isAdmitted(config, member)) return notAdmitted(reply);
      const { tenderNo, useStatus, performance } = Chosen.parse(request.body);
      const usable = await library.performances(member, tenderNo);
      for (const one of usable.filter(({ id }) => performance.includes(id))) {
        await library.use(store.member(member.uscc) ?? member, one, { tenderNo, useStatus });
      }
      return reply.redirect(`/tender?tenderNo=${encodeURIComponent(tenderNo)}`, 303);
    }),
  );
  const notAdmitted = (reply: FastifyReply) =>
    html(reply, noticePage(config, '不能投标', '主体信息备案或同步完成之前不能投标。'), 403);

  app.post(
    '/filing/recognition',
    asMember(async ({ member, session }, _request, reply) => {
      if (isMirror) return unknownPage(reply);
      await library.recognise(member, userOf(session));
      return reply.redirect('/', 303);
    }),
  );

  app.post('/review/projects', async (request, reply) => {
    if (!isReviewer(request)) return html(reply, reviewLoginPage(config, false), 403);
    const { uscc, ...project } = Project.parse(request.body);
    const member = store.member(uscc);
    if (member === undefined) return unknownPage(reply);
    const state = await library.reportProject(member, project);
    const message =
      state === 'ENTERED'
        ? '已报送，项目已进入该单位的主体信息库。'
        : '已报送，该单位加入主体信息库后自动进入其列表。';
    const waiting = store.members().filter(({ filing }) => filing.state === 'UNDER_REVIEW');
    return html(reply, reviewPage({ config, waiting, members: store.members(), message }));
  });

  app.addContentTypeParser('application/jose', { parseAs: 'string' }, (_request, body, done) =>
    done(null, body),
  );
  app.post('/hufu/notices', async (request, reply) => {
    const seq = await library.takeNotice(
      z
        .string()
        .max(64 * 1024)
        .parse(request.body),
    );
    return reply.header('cache-control', 'no-store').send({ seq });
  });
}

/** Who enters codes here: the certificate, by which wrong ones are counted. Plain characters only. */
const userOf = ({ identity }: Session): string =>
  identity.certificate.serial.replaceAll(/[^\x21-\x7e]/g, '').slice(0, 64) || 'user';
