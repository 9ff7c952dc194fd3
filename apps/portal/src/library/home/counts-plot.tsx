import { dark, light } from '@hufu/theme';
import { useTheme } from '@hufu/theme/choice';
import { BarChart } from 'echarts/charts';
import { GridComponent, LegendComponent } from 'echarts/components';
import { type EChartsType, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import { useTexts } from '../../i18n/language.tsx';
import { records } from '../../i18n/records.ts';
import type { Total } from './counts-chart.tsx';

use([BarChart, GridComponent, LegendComponent, SVGRenderer]);

/** The drawing library comes with this module alone, after the page. */
export default function CountsPlot({ totals }: { totals: readonly Total[] }) {
  const t = useTexts(records).tones;
  const { shown } = useTheme();
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType>(undefined);

  useEffect(() => {
    if (place.current === null) return;
    const made = init(place.current, null, { renderer: 'svg' });
    chart.current = made;
    const follow = new ResizeObserver(() => made.resize());
    follow.observe(place.current);
    return () => {
      follow.disconnect();
      made.dispose();
    };
  }, []);

  useEffect(() => {
    const palette = shown === 'dark' ? dark : light;
    const series = (name: keyof Total['states'], color: string) => ({
      name: t[name],
      type: 'bar' as const,
      stack: 'all',
      barMaxWidth: 28,
      data: totals.map(({ states }) => states[name]),
      itemStyle: { color },
    });
    chart.current?.setOption(
      {
        animation: false,
        textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: palette.ink },
        grid: { left: 8, right: 8, top: 36, bottom: 4, containLabel: true },
        legend: { top: 0, right: 0, textStyle: { color: palette.inkSoft } },
        xAxis: {
          type: 'category',
          data: totals.map(({ label }) => label),
          axisLabel: {
            color: palette.inkSoft,
            interval: 0,
            width: 76,
            overflow: 'break',
            lineHeight: 15,
            formatter: inTwoLines,
          },
          axisLine: { lineStyle: { color: palette.line } },
          axisTick: { show: false },
        },
        yAxis: {
          type: 'value',
          minInterval: 1,
          axisLabel: { color: palette.inkSoft },
          splitLine: { lineStyle: { color: palette.line } },
        },
        series: [
          series('good', palette.primary),
          series('draft', palette.gold),
          series('ended', palette.lineStrong),
        ],
      },
      true,
    );
  }, [totals, shown, t]);

  return <div ref={place} className="plot-place" />;
}

const CJK = /^\p{Script=Han}{6,}$/u;

/** 企业银行账户 → 企业银行 / 账户: names of the menu end in a word of two characters. */
const inTwoLines = (name: string): string =>
  CJK.test(name) ? `${name.slice(0, -2)}\n${name.slice(-2)}` : name;
