# साइन इन, सदस्य और टीमें, टोकन, पीछे चलने वाले काम, लेखा-जोखा। कुंजियाँ "admin-" से शुरू होती हैं।

## साइन इन
admin-login = साइन इन
admin-login-do = साइन इन करें
admin-email = ई-मेल
admin-password = पासवर्ड
admin-login-wrong = ई-मेल पता और पासवर्ड आपस में मेल नहीं खाते। कृपया दोनों एक बार फिर देख लें।
admin-logged-out = आप साइन आउट हो गए हैं।
admin-forgot = पासवर्ड भूल गए?
admin-workspaces = आपके कार्यक्षेत्र
admin-workspaces-lead = आप कहाँ काम करना चाहेंगे?
admin-no-workspace = अभी आपके लिए कोई कार्यक्षेत्र खुला नहीं है। आपकी कंपनी के प्रशासक आपको बुला सकते हैं।
admin-signed-in-as = { $email } के रूप में साइन इन हैं

## पासवर्ड चुनना
admin-forgot-title = नया पासवर्ड
admin-forgot-lead = वह पता लिखें जिससे आप साइन इन करते हैं। नया पासवर्ड चुनने का लिंक उसी पर मेल किया जाएगा।
admin-forgot-do = लिंक मेल करें
admin-forgot-sent = अगर { $email } से यहाँ साइन इन होता है, तो उस पर लिंक वाली मेल भेजी जा रही है। लिंक एक घंटे तक, एक ही बार काम करेगा।
admin-forgot-next = मेल नहीं मिली? स्पैम में देख लें, और अपने प्रशासक से पूछ लें कि यहाँ आपका पता कौन-सा है।
admin-join-title = पासवर्ड चुनें
admin-join-lead = { $name }, आपका स्वागत है। अब से आप इसी पासवर्ड से साइन इन करेंगे।
admin-join-do = सहेजें और शुरू करें
admin-new-password = नया पासवर्ड
admin-password-hint = कम से कम { $min } अक्षर। कुछ शब्द साथ-साथ लिखें: याद रखना आसान, अंदाज़ा लगाना मुश्किल।
admin-expired-title = यह लिंक अब काम नहीं करता
admin-expired-lead = यह पहले इस्तेमाल हो चुका है, इसके बाद नया लिंक भेजा गया है, या इसका समय पूरा हो गया है।
admin-expired-invitation = अगर आपने पहले पासवर्ड चुना था, तो नया लिंक मँगा लें। अगर यह आपका पहला न्योता था, तो जिन्होंने बुलाया है उनसे फिर भेजने को कहें।
admin-expired-reset = नया लिंक मेल करें

## मेल
admin-mail-reset-subject = संपर्क के लिए नया पासवर्ड
admin-mail-reset = { $name } जी, नमस्ते।
    {""}
    किसी ने, शायद आपने, नया पासवर्ड माँगा है। उसे यहाँ चुन सकते हैं:
    {""}
    { $link }
    {""}
    यह लिंक एक घंटे तक, एक ही बार काम करेगा। अगर यह आपने नहीं माँगा, तो कुछ न करें: आपका पासवर्ड वही रहेगा।
admin-mail-invitation-subject = { $workspace } में आने का न्योता
admin-mail-invitation = { $name } जी, नमस्ते।
    {""}
    { $inviter } आपको { $workspace } में काम करने के लिए बुला रहे हैं। यहाँ अपना पासवर्ड चुनकर शुरू करें:
    {""}
    { $link }
    {""}
    यह लिंक सात दिन तक, एक ही बार काम करेगा।
admin-mail-added-subject = { $workspace } अब आपके लिए खुला है
admin-mail-added = { $name } जी, नमस्ते।
    {""}
    { $inviter } ने आपको { $workspace } में जोड़ा है। हमेशा की तरह, अपने मौजूदा पासवर्ड से साइन इन करें:
    {""}
    { $link }

## सेटिंग
admin-settings-find = सेटिंग खोजें
admin-settings-none = इन शब्दों से कोई सेटिंग नहीं मिली
admin-settings-none-what = कोई और शब्द लिखकर देखें, या सब सेटिंग देख लें।
admin-settings-all = सब सेटिंग दिखाएँ
admin-find = खोजें

## अपनी सेटिंग
admin-save = सहेजें
admin-me-saved = सहेज लिया।
admin-theme-hint = इस ब्राउज़र के लिए; दूसरों में, जब आप वहाँ साइन इन करेंगे।
admin-current-password = मौजूदा पासवर्ड
admin-password-wrong = यह आपका मौजूदा पासवर्ड नहीं है।
admin-change-password = पासवर्ड बदलें
admin-change-password-hint = दूसरे ब्राउज़रों में आप साइन आउट हो जाएँगे।
admin-password-changed = आपका पासवर्ड बदल गया। दूसरे ब्राउज़र साइन आउट हो गए।

## सदस्य
admin-members-find = नाम, पता या भूमिका
admin-members-none = ऐसे कोई नहीं मिले
admin-members-none-what = नाम का कोई हिस्सा लिखकर देखें, या जो जा चुके हैं उनमें देखें।
admin-members-more = { $count ->
    [one] { $count } व्यक्ति मिले।
   *[other] { $count } व्यक्ति मिले; पहले 200 दिख रहे हैं। बाकी के लिए नाम से खोजें।
 }
admin-show = दिखाएँ
admin-active = सक्रिय
admin-left = जा चुके
admin-actions = क्या किया जा सकता है
admin-name = नाम
admin-role = भूमिका
admin-role-hint = इसी से तय होता है कि ये क्या देख और कर सकते हैं।
admin-state = स्थिति
admin-state-active = सक्रिय
admin-state-invited = न्योता भेजा, अभी आए नहीं
admin-state-left = जा चुके हैं
admin-invite = किसी को बुलाएँ
admin-invite-lead = इस पते पर पासवर्ड चुनने का लिंक मेल किया जाएगा। वह सात दिन तक काम करेगा।
admin-invite-do = न्योता भेजें
admin-invite-again = न्योता फिर भेजें
admin-invitation-sent = { $email } को न्योता भेजा जा रहा है।
admin-member-added = { $email } से यहाँ पहले से साइन इन होता है; उन्हें मेल से बता दिया गया।
admin-invitation-waits = इन्होंने अभी पासवर्ड नहीं चुना है। मेल न मिली हो या लिंक पुराना हो गया हो, तो नया भेजें; पुराना लिंक तब काम नहीं करेगा।
admin-invitation-not-needed = { $name } का पासवर्ड पहले से है। भूल गए हों तो साइन इन के पन्ने पर “पासवर्ड भूल गए?” से नया चुन सकते हैं।
admin-invitation-link = पासवर्ड चुनने का लिंक
admin-invitation-once = मेल भेजी जा रही है। यह लिंक आप ख़ुद भी दे सकते हैं; यह केवल अभी दिखेगा, और जिसके पास यह हो वह इनके नाम से साइन इन कर सकता है।
admin-member-active = यहाँ काम करते हैं
admin-member-active-hint = यह निशान हटाने पर ये इस कार्यक्षेत्र में साइन इन नहीं कर पाएँगे। इनका किया हुआ काम बना रहेगा।
admin-member-saved = { $name } को सहेज लिया।

## टीमें
admin-teams-none = अभी कोई टीम नहीं है
admin-teams-none-what = टीम मिलकर काम बाँटती है: उसे केस दिए जा सकते हैं, और किसी भूमिका की पहुँच अपनी टीमों तक रखी जा सकती है।
admin-team-new = नई टीम
admin-team-edit = टीम
admin-team-active = चालू
admin-team-closed = बंद
admin-team-works = यह टीम काम करती है
admin-team-works-hint = यह निशान हटाने पर इसे नया काम नहीं मिलेगा। जो है, वह बना रहेगा।
admin-team-saved = टीम { $name } सहेज ली।

## भूमिकाएँ
role-administrator = प्रशासक
role-team-lead = टीम प्रमुख
role-executive = कार्यकारी
role-auditor = लेखा परीक्षक
admin-role-new = नई भूमिका
admin-role-origin = कब से
admin-role-built-in = शुरू से
admin-role-saved = भूमिका { $name } सहेज ली।
admin-role-affects = { $count ->
    [one] यह भूमिका { $count } व्यक्ति की है। जो बदलेंगे, वह उन पर तुरंत लागू होगा।
   *[other] यह भूमिका { $count } लोगों की है। जो बदलेंगे, वह उन पर तुरंत लागू होगा।
 }
admin-permission = अनुमति
admin-permissions = अनुमतियाँ
admin-reach = कहाँ तक
admin-reach-none = अनुमति नहीं
admin-reach-own = केवल अपना
admin-reach-team = अपनी टीमों का
admin-reach-all = सब कुछ
admin-reach-yes = अनुमति है
admin-kind-member = सदस्य और टीमें
admin-kind-job = निगरानी
admin-kind-audit = निगरानी
admin-kind-setting = सेटिंग
admin-kind-desk = सेटिंग
admin-kind-contact = ग्राहक
admin-kind-account = ग्राहक
admin-kind-case = केस
admin-kind-mail = मेल
admin-kind-mailbox = मेल
admin-kind-other = अन्य

## API टोकन
admin-token = टोकन
admin-token-new = नया टोकन
admin-token-name = यह किसके लिए है?
admin-token-name-hint = जैसे उस प्रोग्राम का नाम जो इसे इस्तेमाल करेगा, ताकि बाद में पता रहे कि किसे बंद करना है।
admin-token-create = टोकन बनाएँ
admin-token-once = यह रहा टोकन। इसे अभी कॉपी कर लें: यह कहीं रखा नहीं जाता और फिर दिखाया नहीं जा सकता।
admin-token-made = कब बना
admin-token-works = चालू
admin-token-until = { $date } तक
admin-token-ends = कब तक
admin-token-month = 30 दिन
admin-token-year = एक साल
admin-token-open = जब तक मैं बंद न करूँ
admin-token-expired = समय पूरा
admin-token-ended = बंद
admin-token-revoke = बंद करें
admin-token-revoke-sure = टोकन “{ $name }” बंद करें? जो प्रोग्राम इसे इस्तेमाल करता है, वह तुरंत रुक जाएगा।
admin-token-revoked = टोकन { $name } बंद हो गया।
admin-tokens-none = आपका कोई टोकन नहीं है
admin-tokens-none-what = किसी प्रोग्राम को यहाँ आपके नाम से, आपके अधिकारों के साथ काम करने के लिए टोकन चाहिए।

## पीछे चलने वाले काम
admin-jobs-lead = जो काम प्रोग्राम ख़ुद करता है, और जो वह नहीं कर पाया।
admin-mail-in = आने वाली मेल
admin-mail-out = जाने वाली मेल
admin-jobs-all = सभी
admin-jobs-failed = नहीं हो पाए
admin-jobs-waiting = बाकी
admin-jobs-running = चल रहे
admin-jobs-none = यहाँ कुछ नहीं है
admin-jobs-none-what = ऐसे सब काम हो चुके हैं।
admin-job = काम
admin-tries = कोशिशें
admin-job-when = कब
admin-job-why = क्यों नहीं हुआ
admin-job-failed = नहीं हो पाया
admin-job-running = चल रहा है
admin-job-retrying = फिर कोशिश होगी
admin-job-waiting = बाकी
admin-job-again = फिर चलाएँ
admin-job-rerun = काम फिर से कतार में है।
job-system-mail = सदस्य को मेल

## लेखा-जोखा
admin-audit-when = कब
admin-audit-who = किसने
admin-audit-what = क्या
admin-audit-about-what = किसके बारे में
admin-audit-number = क्रमांक
admin-audit-subject-form = case:12
admin-audit-all = सभी
admin-audit-reset = सब दिखाएँ
admin-audit-none = ऐसी कोई घटना नहीं मिली
admin-audit-none-what = और देखने के लिए कोई शर्त हटा दें।
admin-audit-erased = इसका ब्योरा मिटा दिया गया है।
admin-about-account = संगठन
admin-about-case = केस
admin-about-category = श्रेणी
admin-about-contact = ग्राहक
admin-about-inbound-mail = आई मेल
admin-about-job = काम
admin-about-mailbox = मेलबॉक्स
admin-about-outbound-mail = भेजी मेल
admin-about-queue = कतार
admin-about-setting = सेटिंग
admin-about-status = स्थिति
admin-about-token = टोकन
admin-audit-check = जाँचें कि कुछ बदला तो नहीं गया
admin-audit-checked = लेखे-जोखे की जाँच
admin-audit-check-lead = हर घटना अपने से पहले वाली के साथ मुहरबंद है। जाँच में पहली से आख़िरी तक सब फिर से गिनी जाती हैं।
admin-chain-whole = लेखा-जोखा पूरा है: न कुछ बदला गया, न निकाला गया, न जोड़ा गया।
admin-chain-gap = घटना { $seq } से पहले कुछ ग़ायब है। इस डेटाबेस को ऐसे ही रखें और अपने बैकअप से मिलाकर देखें।
admin-chain-payload = घटना { $seq } का ब्योरा वह नहीं है जो दर्ज हुआ था। इस डेटाबेस को ऐसे ही रखें और अपने बैकअप से मिलाकर देखें।
admin-chain-link = घटना { $seq } या उसका क्रम बदला गया है। इस डेटाबेस को ऐसे ही रखें और अपने बैकअप से मिलाकर देखें।
admin-chain-head = लेखे-जोखे का अंत वहाँ नहीं है जहाँ होना चाहिए। इस डेटाबेस को ऐसे ही रखें और अपने बैकअप से मिलाकर देखें।
admin-chain-events = घटनाएँ
admin-chain-erased = जिनका ब्योरा मिटाया गया
admin-chain-at = जाँच का समय
event-member-added = सदस्य जुड़े
event-member-changed = सदस्य की भूमिका या उपस्थिति बदली
event-team-saved = टीम सहेजी गई
event-role-saved = भूमिका सहेजी गई
event-setting-changed = सेटिंग बदली
event-job-rerun = रुका हुआ काम फिर कतार में रखा गया
event-token-created = API टोकन बना
event-token-revoked = API टोकन बंद हुआ
