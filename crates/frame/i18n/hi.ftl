# हर पन्ने का ढाँचा, ग़लतियाँ, और मंच की अपनी अनुमतियाँ।

frame-inbox = इनबॉक्स
frame-contacts = ग्राहक
frame-queues = कतारें
frame-own-settings = आपकी सेटिंग
frame-undo = वापस लें
frame-to-start = शुरुआत पर जाएँ
frame-to-login = साइन इन करें

## ग़लती के पन्ने
frame-signed-out = कृपया साइन इन करें
frame-signed-out-what = यहाँ कोई साइन इन नहीं है, या बहुत समय बीत गया है।
frame-denied-what = इसके लिए एक अनुमति चाहिए, जो आपके पास नहीं है।
frame-denied-permission = इसके लिए “{ $name }” की अनुमति चाहिए, जो आपकी भूमिका में नहीं है।
frame-cross-site = यह हमारे अपने पन्ने से नहीं आया
frame-cross-site-what = यह अनुरोध किसी दूसरी साइट ने भेजा था, इसलिए इसे पूरा नहीं किया गया। यहीं का पन्ना खोलकर यह काम करें।
frame-nothing-changed = कुछ भी बदला नहीं गया।
frame-invalid = इस अनुरोध में कुछ सही नहीं है
frame-invalid-what = जो भेजा गया, उसमें कुछ सही नहीं है। वापस जाकर एक बार देख लें और फिर भेजें।
frame-conflict = इस बीच किसी और ने इसे बदल दिया
frame-conflict-what = इस बीच किसी और ने इसे बदल दिया। इसे फिर खोलकर देखें कि अब क्या है, फिर तय करें।
frame-too-many = बहुत बार कोशिश हुई
frame-too-many-what = { $minutes ->
    [one] अंदाज़ा लगाने वालों को रोकने के लिए यह थोड़ी देर बंद है। कृपया एक मिनट बाद फिर कोशिश करें।
   *[other] अंदाज़ा लगाने वालों को रोकने के लिए यह थोड़ी देर बंद है। कृपया { $minutes } मिनट बाद फिर कोशिश करें।
 }

## खाने पर ग़लती
error-required = कृपया इसे भरें।
error-too-long = { $max ->
    [one] यहाँ केवल एक अक्षर आ सकता है।
   *[other] यहाँ ज़्यादा से ज़्यादा { $max } अक्षर आ सकते हैं।
 }
error-control-character = इसमें कोई ऐसा अक्षर है जो दिखता नहीं। कृपया चिपकाने के बजाय हाथ से टाइप करें।
error-name-taken = यह नाम पहले से है। कृपया कोई दूसरा नाम चुनें।
error-member-exists = इस पते वाले व्यक्ति पहले से यहाँ हैं। वे सदस्यों की सूची में मिलेंगे।
error-last-administrator = सदस्यों को सँभालने वाला कम से कम एक सक्रिय व्यक्ति ज़रूरी है, और ये आख़िरी हैं। पहले यह अधिकार किसी और को दें।
error-choose-from-list = कृपया सूची में से चुनें।
error-unknown-permission = “{ $key }” नाम की कोई अनुमति नहीं है।
error-password-short = पासवर्ड में कम से कम { $min } अक्षर होने चाहिए।
error-workspace-slug = छोटे अंग्रेज़ी अक्षर a से z, अंक और डैश लिखें; शुरुआत अक्षर से हो; कुल 40 तक।
error-json = इसे अपेक्षित रूप के JSON की तरह पढ़ा नहीं जा सका: { $reason }
error-address-taken = यह मेल पता पहले से किसी दूसरे कार्यक्षेत्र का है।
error-email-shape = ई-मेल पता ऐसा होता है: name@example.in
error-email-character = इसमें ख़ाली जगह है, या कोई ऐसा अक्षर है जो ई-मेल पते में नहीं आता।
error-email-too-long = ई-मेल पता इतना लंबा नहीं हो सकता।

## कार्यक्षेत्र की अपनी अनुमतियाँ
permission-member-read = सदस्य, टीम और भूमिकाएँ देखना
permission-member-manage = सदस्यों को बुलाना; सदस्य, टीम और भूमिकाएँ बदलना
permission-job-manage = पीछे चल रहे काम देखना और फिर से चलाना
permission-setting-manage = सेटिंग बदलना
permission-audit-read = लेखा-जोखा पढ़ना

## कार्यक्षेत्र की सेटिंग
frame-settings-about = आपकी अपनी, और कार्यक्षेत्र की वे सेटिंग जो आपकी भूमिका में खुली हैं।
frame-group-you = आप
frame-group-workspace = कार्यक्षेत्र
frame-group-oversight = निगरानी
frame-me-about = आपकी भाषा, रंग और पासवर्ड
frame-tokens-about = वे चाबियाँ जिनसे आपके प्रोग्राम यहाँ आपके नाम से काम करते हैं
frame-members-about = यहाँ कौन, किस भूमिका और किन टीमों में काम करता है; बुलाना और विदा करना
frame-teams-about = वे समूह जो मिलकर काम बाँटते हैं
frame-roles-about = हर भूमिका में क्या देखा और किया जा सकता है
frame-mailboxes = मेलबॉक्स
frame-mailboxes-about = वे पते जिन पर ग्राहक आपको लिखते हैं
frame-desk = कतारें और श्रेणियाँ
frame-desk-about = केस कैसे छाँटे जाते हैं, उनके नाम और उनके वादे
frame-jobs-about = क्या बाकी है, क्या नहीं हो पाया और क्यों
frame-audit-about = हर बदलाव: किसने, क्या और कब
frame-members = सदस्य
frame-teams = टीमें
frame-roles = भूमिकाएँ
frame-tokens = API टोकन
frame-jobs = पीछे के काम
frame-audit = लेखा-जोखा
