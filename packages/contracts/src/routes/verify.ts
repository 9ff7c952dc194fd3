import { z } from 'zod';
import { defineRoute, EVERYONE } from '../route.ts';
import { VerificationReport } from '../schemas/verify.ts';

/** Largest file that 验章 takes, bytes. */
export const LARGEST_VERIFIED_FILE = 50 * 1024 * 1024;

const pictures = z.object({
  /** Whether page previews and visual differences are wanted. */
  pictures: z.enum(['true', 'false']).default('true'),
});

/** 验章 for everybody: a PDF or OFD, judged by its content, the part `file` of the multipart request. Nothing is kept. */
export const verifyRoutes = {
  verify: defineRoute({
    id: 'verifyDocument',
    method: 'POST',
    path: '/api/v1/verify',
    summary: 'Verify the seals of a PDF or OFD (SIGN-006)',
    actors: EVERYONE,
    query: pictures,
    form: z.object({}),
    responses: { 200: VerificationReport },
  }),
  /** Answers application/pdf. */
  reportPdf: defineRoute({
    id: 'verificationReportPdf',
    method: 'POST',
    path: '/api/v1/verify/report.pdf',
    summary: 'The same report as a PDF, made from the same file',
    actors: EVERYONE,
    form: z.object({}),
    responses: { 200: null },
  }),
} as const;
