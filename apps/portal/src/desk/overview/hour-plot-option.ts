import type { Palette } from '@hufu/theme';
import type { BarSeriesOption } from 'echarts/charts';
import type { GridComponentOption, LegendComponentOption, TooltipComponentOption } from 'echarts/components';
import type { ComposeOption } from 'echarts/core';
import { clockTime } from '../../format/dates.ts';
import type { Hours } from './last-day.ts';

type Option = ComposeOption<
  BarSeriesOption | GridComponentOption | LegendComponentOption | TooltipComponentOption
>;

type HourPlotInput = {
  readonly hours: Hours;
  readonly palette: Palette;
  /** CSS font family: the library's own default has no Chinese. */
  readonly font: string;
  readonly words: { readonly logins: string; readonly refusals: string };
};

/** Two bars an hour, on whole numbers. The tip is drawn, not written as HTML: the page's policy allows no inline style. */
export function hourPlot({ hours, palette, font, words }: HourPlotInput): Option {
  const small = { color: palette.inkSoft, fontFamily: font, fontSize: 12 };
  const bar = { type: 'bar' as const, barMaxWidth: 18, barGap: '10%' };
  return {
    animation: false,
    textStyle: { fontFamily: font },
    grid: { left: 4, right: 4, top: 40, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    legend: { right: 0, top: 0, itemWidth: 12, itemHeight: 12, textStyle: small, selectedMode: false },
    tooltip: {
      trigger: 'axis',
      renderMode: 'richText',
      axisPointer: { type: 'shadow', shadowStyle: { color: palette.primarySoft, opacity: 0.6 } },
      backgroundColor: palette.surface,
      borderColor: palette.line,
      textStyle: { ...small, color: palette.ink },
    },
    xAxis: {
      type: 'category',
      data: hours.map(({ hour }) => clockTime(hour)),
      axisLabel: { ...small, hideOverlap: true },
      axisLine: { lineStyle: { color: palette.line } },
      axisTick: { show: false },
    },
    yAxis: {
      type: 'value',
      minInterval: 1,
      axisLabel: small,
      splitNumber: 3,
      splitLine: { lineStyle: { color: palette.line } },
    },
    series: [
      { ...bar, name: words.logins, data: hours.map((hour) => hour.logins), color: palette.primary },
      { ...bar, name: words.refusals, data: hours.map((hour) => hour.refusals), color: palette.gold },
    ],
  };
}
