import { LARGEST_VERIFIED_FILE, type VerificationReport, verifyRoutes } from '@hufu/contracts';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { acceptLanguage } from '../api/client.ts';
import { localProblem, readProblem } from '../api/problem.ts';
import { upload } from '../api/upload.ts';

export const isTooLarge = (file: File): boolean => file.size > LARGEST_VERIFIED_FILE;

/** Sends a file to be judged; `sent` is the share that has arrived, 1 while it is being judged. */
export function useVerify() {
  const [sent, setSent] = useState<number>();
  const judge = useMutation({
    mutationFn: (file: File): Promise<VerificationReport> => {
      setSent(0);
      return upload(verifyRoutes.verify, { form: {}, files: { file }, onProgress: setSent });
    },
    onSettled: () => setSent(undefined),
  });
  return { judge, sent };
}

/** The report as a PDF: made from the file once more, because nothing of it was kept. */
export function useReportPdf(file: File) {
  return useMutation({
    mutationFn: async () => {
      const { method, path } = verifyRoutes.reportPdf;
      const body = new FormData();
      body.append('file', file, file.name);
      const response = await fetch(path, {
        method,
        body,
        headers: { 'accept-language': acceptLanguage() },
      }).catch((cause: unknown) => {
        throw localProblem('PORTAL_NETWORK', cause);
      });
      if (!response.ok) throw readProblem(await response.json().catch(() => undefined), response.status);
      save(await response.blob(), `${stem(file.name)}-report.pdf`);
    },
  });
}

export const saveJson = (report: VerificationReport, name: string): void =>
  save(
    new Blob([JSON.stringify(report, undefined, 2)], { type: 'application/json' }),
    `${stem(name)}-report.json`,
  );

const stem = (name: string): string => name.replace(/\.[^.]*$/, '');

function save(content: Blob, name: string): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
