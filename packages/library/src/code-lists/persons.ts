import type { CodeList } from './code-list.ts';
import { entries } from './entries.ts';

/** 《中国各民族名称的罗马字母拼写法和代码》; the roman spelling is the standard's own. */
export const NATIONALITIES: CodeList = {
  name: 'nationalities',
  source: 'GB/T 3304-1991',
  date: '1991-08-30',
  entries: entries(
    [
      '01 汉族 Han|02 蒙古族 Mongol|03 回族 Hui|04 藏族 Zang|05 维吾尔族 Uygur|06 苗族 Miao|07 彝族 Yi',
      '08 壮族 Zhuang|09 布依族 Buyei|10 朝鲜族 Chosen|11 满族 Man|12 侗族 Dong|13 瑶族 Yao|14 白族 Bai',
      '15 土家族 Tujia|16 哈尼族 Hani|17 哈萨克族 Kazak|18 傣族 Dai|19 黎族 Li|20 傈僳族 Lisu|21 佤族 Va',
      '22 畲族 She|23 高山族 Gaoshan|24 拉祜族 Lahu|25 水族 Sui|26 东乡族 Dongxiang|27 纳西族 Naxi',
      '28 景颇族 Jingpo|29 柯尔克孜族 Kirgiz|30 土族 Tu|31 达斡尔族 Daur|32 仫佬族 Mulao|33 羌族 Qiang',
      '34 布朗族 Blang|35 撒拉族 Salar|36 毛南族 Maonan|37 仡佬族 Gelao|38 锡伯族 Xibe|39 阿昌族 Achang',
      '40 普米族 Pumi|41 塔吉克族 Tajik|42 怒族 Nu|43 乌孜别克族 Uzbek|44 俄罗斯族 Russ|45 鄂温克族 Ewenki',
      '46 德昂族 Deang|47 保安族 Bonan|48 裕固族 Yugur|49 京族 Gin|50 塔塔尔族 Tatar|51 独龙族 Derung',
      '52 鄂伦春族 Oroqen|53 赫哲族 Hezhen|54 门巴族 Monba|55 珞巴族 Lhoba|56 基诺族 Jino',
    ].join('|'),
  ),
};

/** Levels of those who finished (毕业); the standard also codes 结业 and 肄业, which no paper here certifies. */
export const EDUCATION_LEVELS: CodeList = {
  name: 'education-levels',
  source: 'GB/T 4658-2006',
  date: '2006-08-28',
  entries: entries(
    [
      '11 博士研究生 Doctorate|14 硕士研究生 Master’s degree course|17 研究生班 Postgraduate class',
      '21 大学本科 Bachelor’s degree course|31 大学专科 Junior college|41 中等专科 Secondary specialised school',
      '44 职业高中 Vocational high school|47 技工学校 Technical school|61 普通高中 High school',
      '71 初中 Junior high school|81 小学 Primary school|90 其他 Other',
    ].join('|'),
  ),
};

export const DEGREES: CodeList = {
  name: 'degrees',
  source: 'GB/T 6864-2003',
  date: '2003-07-25',
  entries: entries('1 名誉博士 Honorary doctor|2 博士 Doctor|3 硕士 Master|4 学士 Bachelor'),
};

/** The papers that the exit-entry and household authorities issue today; the codes are this project's own. */
export const IDENTITY_DOCUMENTS: CodeList = {
  name: 'identity-documents',
  source: '居民身份证法; 国家移民管理局',
  date: '2023-12-01',
  entries: entries(
    [
      'ID_CARD 居民身份证 Resident identity card',
      'HMT_RESIDENCE 港澳台居民居住证 Residence permit (Hong Kong, Macao, Taiwan)',
      'FOREIGN_RESIDENCE 外国人永久居留身份证 Foreigner’s permanent residence card',
      'PASSPORT 护照 Passport',
      'HM_TRAVEL 港澳居民来往内地通行证 Mainland travel permit (Hong Kong, Macao)',
      'TW_TRAVEL 台湾居民来往大陆通行证 Mainland travel permit (Taiwan)',
      'OTHER 其他 Other',
    ].join('|'),
  ),
};

/** 中共中央办公厅、国务院办公厅《关于深化职称制度改革的意见》 (2016): five ranks in three levels. */
export const PROFESSIONAL_TITLES: CodeList = {
  name: 'professional-titles',
  source: '关于深化职称制度改革的意见',
  date: '2016-11-01',
  entries: entries(
    [
      'PROFESSOR 正高级 Senior (full)|ASSOCIATE 副高级 Senior (associate)|INTERMEDIATE 中级 Intermediate',
      'ASSISTANT 助理级 Junior (assistant)|TECHNICIAN 员级 Junior (technician)|NONE 无 None',
    ].join('|'),
  ),
};
