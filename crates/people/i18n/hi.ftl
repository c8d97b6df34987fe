# लोगों के कक्ष के शब्द, और किसी खाने में क्या ग़लत है और क्या करें।

## खाने
error-too-many = पहले से { $max } मौजूद हैं। पहले एक हटाएँ।
error-language = कृपया एक भाषा चुनें।
error-phone-unreadable = यह फ़ोन नंबर नहीं है। इसे देश के कोड के साथ लिखें, जैसे +91 98765 43210।
error-phone-invalid = ऐसा कोई नंबर नहीं होता। कृपया अंक जाँच लें।
error-phone-already-there = इस व्यक्ति का यह नंबर पहले से दर्ज है।
error-email-taken = यह पता किसी और व्यक्ति का है। उस व्यक्ति को खोलें, या दूसरा पता लिखें।
error-gstin = GSTIN में 15 अक्षर और अंक होते हैं, जैसे 27ABCDE1234F1Z5।

## Pages
people-contacts = ग्राहक
people-search = फ़ोन, ई-मेल या नाम
people-find = खोजें
people-new = नया ग्राहक
people-edit = बदलें
people-save = सहेजें
people-cancel = रहने दें
people-add = जोड़ें
people-remove = हटाएँ
people-name = नाम
people-phone = फ़ोन
people-email = ई-मेल
people-language = पसंद की भाषा
people-account = संस्था
people-accounts = संस्थाएँ
people-no-account = कोई नहीं
people-new-account = नई संस्था
people-gstin = GSTIN
people-none = अभी कोई ग्राहक नहीं है
people-none-yet = जो भी आपके किसी मेलबॉक्स पर लिखेगा, वह यहाँ दिखेगा। आप ख़ुद भी किसी को जोड़ सकते हैं।
people-not-found = कोई नहीं मिला
people-not-found-hint = फ़ोन नंबर के आख़िरी चार अंक, या ई-मेल पते या नाम की शुरुआत लिखकर देखिए।
people-no-accounts = अभी कोई संस्था नहीं है
people-no-accounts-yet = कंपनी यहाँ जोड़िए, फिर उसके लोगों के पन्ने पर उसका नाम चुनिए।
people-contact-saved = सहेज लिया गया।
people-account-saved = सहेज लिया गया।
people-changed-meanwhile = इस बीच किसी और ने इसे सहेजा है (अब नाम: { $name })। आपका लिखा यहीं है: एक बार देखकर फिर से सहेजिए।
people-since = { $date } से परिचित
people-reach = संपर्क के तरीक़े
people-add-phone = एक और फ़ोन नंबर
people-add-email = एक और ई-मेल पता
people-notes = टिप्पणियाँ
people-add-note = साथियों के लिए टिप्पणी
people-timeline = अब तक क्या हुआ
people-system = Sampark

## Events in a timeline
event-contact-added = ग्राहक के रूप में जोड़ा गया
event-contact-changed = विवरण बदला गया
event-contact-noted = टिप्पणी लिखी गई
event-account-saved = संस्था सहेजी गई

## Permissions
permission-contact-read = ग्राहकों को देखना
permission-contact-write = ग्राहकों को जोड़ना और बदलना
