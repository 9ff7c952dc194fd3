import type { Enterprise } from './scene.ts';

/** Enterprises of the demo that build; names and codes are those of their keys. */
export const ENTERPRISES: readonly Enterprise[] = [
  {
    name: '内蒙古青山建设工程有限公司',
    uscc: '91150102MA0N7A2144',
    legalRepresentative: '乌兰',
    region: '150102',
    city: '呼和浩特市',
    address: '呼和浩特市新城区哲里木路 86 号青山大厦 12 层',
    telephone: '0471-4963208',
    founded: '2009-06-18',
    capital: 12000,
    people: ['巴特尔', '王建国', '李娜', '赵志强', '斯琴高娃', '其木格'],
    projects: {
      general: '新城区全民健身中心建设项目',
      transport: '省道 S311 武川至大滩段改扩建工程',
      water: '大黑河城区段河道治理工程',
      onPlatform: '赛罕区第三实验小学综合教学楼项目',
    },
  },
  {
    name: '包头市昆河建筑安装有限公司',
    uscc: '91150203MA0P3B428B',
    legalRepresentative: '刘洪斌',
    region: '150203',
    city: '包头市',
    address: '包头市昆都仑区钢铁大街 41 号昆河科技楼 6 层',
    telephone: '0472-5136720',
    founded: '2012-03-05',
    capital: 6800,
    people: ['郭永胜', '那日苏', '张丽华', '孙凯', '白音', '马晓燕'],
    projects: {
      general: '昆都仑区职工文化中心改造项目',
      transport: '国道 G210 固阳过境段养护工程',
      water: '昆都仑水库除险加固工程',
      onPlatform: '青山区老旧小区供热管网改造项目',
    },
  },
];
