"""Names in the scripts in which applicants write, all made up."""

NAMES = {
    "Latin": "Zoë Łukasiewicz-Ångström",
    "Vietnamese": "Nguyễn Thị Bích Ngọc",
    "Greek": "Ελένη Παπαδοπούλου",
    "Cyrillic": "Дмитрий Щербаков",
    "Arabic": "محمد الأمين عبد الله",
    "Arabic with marks": "مُحَمَّد",
    "Persian": "می‌خواهم پروین",
    "Hebrew": "מרים כהן",
    "Hebrew with points": "שָׁלוֹם",
    "Devanagari": "प्रिया क्षत्रिय",
    "Bengali": "রুমানা চৌধুরী",
    "Tamil": "கார்த்திக் ஸ்ரீனிவாசன்",
    "Telugu": "శ్రీనివాస్ రెడ్డి",
    "Thai": "สมชาย ศรีสุวรรณ กำลังที่",
    "Lao": "ສົມພອນ ວົງສາ",
    "Khmer": "សុខា ខ្មែរ",
    "Ethiopic": "አበበ ቢቂላ",
    "Chinese": "王小明",
    "Japanese": "さくら 田中",
    "Korean": "김민준",
}
