import { parseArgs } from 'node:util';
import type { Language } from '../report/words.ts';

export type Arguments = {
  readonly bundle: string;
  readonly policy: string;
  /** JSON-RPC of a node to ask about anchors. */
  readonly rpc: URL | undefined;
  readonly json: boolean;
  readonly language: Language;
  /** Folder to write the parts into, for other people's tools. */
  readonly extract: string | undefined;
};

export const USAGE = `用法 Usage: hufu verify <bundle.json> --policy <policy.json> [--rpc <URL>] [--json] [--lang zh|en] [--extract <dir>]

  --policy   可信公钥与见证方，须另行取得 · whom to trust; obtained apart from the bundle
  --rpc      向该节点核对上链信息 · ask this node (JSON-RPC) about the anchors
  --json     以 JSON 输出 · answer as JSON
  --extract  导出各部分，供 sigsum-verify、openssl 使用 · write the parts for sigsum-verify and openssl

退出码 Exit code: 0 有效 valid · 1 无效或无法证实 not valid, or not confirmed · 2 用法或文件不正确 usage or unreadable files
`;

function readUrl(text: string | undefined): URL | undefined | 'wrong' {
  if (text === undefined) return undefined;
  if (!URL.canParse(text)) return 'wrong';
  const url = new URL(text);
  return url.protocol === 'http:' || url.protocol === 'https:' ? url : 'wrong';
}

/** Undefined when the command was not called as it says. */
export function readArguments(given: readonly string[]): Arguments | undefined {
  const args = given[0] === 'verify' ? given.slice(1) : [...given];
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        policy: { type: 'string' },
        rpc: { type: 'string' },
        json: { type: 'boolean', default: false },
        lang: { type: 'string', default: 'zh' },
        extract: { type: 'string' },
      },
    });
    const [bundle] = positionals;
    const { policy, json, lang, extract } = values;
    const rpc = readUrl(values.rpc);
    const known = lang === 'zh' || lang === 'en';
    if (bundle === undefined || positionals.length !== 1 || policy === undefined || rpc === 'wrong' || !known)
      return undefined;
    return { bundle, policy, rpc, json, language: lang, extract };
  } catch {
    return undefined;
  }
}
