import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import type { PlatformConfig } from '../config.ts';

type LayoutProps = { config: PlatformConfig; title: string; children: ReactNode; script?: string };

function Layout({ config, title, children, script }: LayoutProps) {
  return (
    <html lang="zh-CN" style={{ ['--accent' as string]: config.accent }}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${title} · ${config.name}`}</title>
        <link rel="stylesheet" href="/public/platform.css" />
        <link rel="icon" href="/public/icon.svg" type="image/svg+xml" />
      </head>
      <body>
        <aside className="demo" aria-label="演示说明">
          演示平台，数据均为虚构
        </aside>
        <header>
          <a href="/">{config.name}</a>
          <nav aria-label="辅助">
            <a href="/review">审核</a>
            <span>技术支持 {config.hotline}</span>
          </nav>
        </header>
        <main>
          <h1>{title}</h1>
          {children}
        </main>
        {script === undefined ? null : <script type="module" src={script} />}
      </body>
    </html>
  );
}

export const page = (props: LayoutProps): string =>
  `<!doctype html>${renderToStaticMarkup(<Layout {...props} />)}`;
