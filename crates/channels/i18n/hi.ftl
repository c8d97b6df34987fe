# चैनल: मेलबॉक्स, मेल की कतारें, और हमारी मेल में लिखे शब्द।

## मेल में
channels-quote-head = { $when } को { $name } ने लिखा:

## दोनों कतारें
channels-mail-in = आई हुई मेल
channels-mail-out = जाने वाली मेल
channels-jobs = पृष्ठभूमि का काम
channels-all = सभी
channels-show = दिखाएँ
channels-actions = क्या करें
channels-state = स्थिति
channels-why = कारण
channels-detail = प्रोग्राम के शब्दों में
channels-case = मामला
channels-to = किसे
channels-from = किससे
channels-tries = प्रयास
channels-when = कब
channels-size = आकार
channels-mail = मेल
channels-came = कब आई
channels-mailbox-to = किस मेलबॉक्स में

## आई हुई मेल
channels-mail-in-lead = जो भी मेल स्वीकार हुई वह यहाँ है, उसका जो भी हुआ हो।
channels-in-received = प्रतीक्षा में
channels-in-done = अपने मामले में
channels-in-duplicate = दो बार आई
channels-in-ignored = अलग रखी
channels-in-failed = देखना ज़रूरी है
channels-in-none = यहाँ कुछ नहीं है
channels-in-none-what = इस स्थिति में कोई मेल नहीं है।
channels-no-subject = (विषय नहीं)
channels-null-path = कोई नहीं (जैसा स्वचालित मेल में होता है)
channels-envelope = लिफ़ाफ़ा
channels-headers = हेडर, जैसे आए
channels-download = मेल डाउनलोड करें
channels-rerun = फिर से पढ़ें
channels-rerun-done = मेल फिर से पढ़ी जा रही है।

## जाने वाली मेल
channels-mail-out-lead = ग्राहकों को जाने वाली मेल, और जो अभी नहीं गई उसका कारण।
channels-out-queued = प्रतीक्षा में
channels-out-sending = भेजी जा रही है
channels-out-sent = आज भेजी गई
channels-out-failed = नहीं गई
channels-out-discarded = छोड़ दी गई
channels-out-undone = वापस ली गई
channels-out-none = यहाँ कुछ नहीं है
channels-out-none-what = इस स्थिति में कोई मेल नहीं है।
channels-automatic = स्वचालित
channels-case-elsewhere = दूसरों का मामला
channels-next-try = अगला प्रयास { $at }
channels-retry = अभी कोशिश करें
channels-retry-done = मेल अभी भेजने की कोशिश हो रही है।
channels-discard = छोड़ दें
channels-discard-sure = यह मेल छोड़ दें? ग्राहक को यह नहीं मिलेगी।
channels-discard-done = मेल छोड़ दी गई। उसका मामला दिखाता है कि ग्राहक को यह नहीं मिली।
channels-undo-done = उत्तर वापस ले लिया गया। उसके शब्द आपके मसौदे में हैं।
channels-undo-late = उत्तर वापस लेने में देर हो गई: वह रास्ते में है।

## मेल जहाँ है वहाँ क्यों है
channels-why-duplicate = यही मेल पहले आ चुकी है; अपने मामले में वह एक बार है।
channels-why-feedback = सूचना कि किसी ने हमारी मेल को स्पैम कहा।
channels-why-own-copy = हमारी ही भेजी मेल की प्रति।
channels-why-automatic = स्वचालित उत्तर, जैसे कार्यालय से बाहर होने की सूचना।
channels-why-bounce = मेल सर्वर बताता है कि हमारी मेल नहीं पहुँची। यह संदेश पर लिख दिया गया है।
channels-why-bounce-delayed = मेल सर्वर देरी बताता है; वह कोशिश करता रहेगा।
channels-why-bounce-unknown = मेल सर्वर बताता है कि कोई मेल नहीं पहुँची, पर वह हमारी जानी हुई मेल नहीं है।
channels-why-empty = मेल में कुछ नहीं है।
channels-why-no-sender = मेल में कहीं नहीं लिखा कि किसने भेजी, इसलिए उत्तर किसी को नहीं दिया जा सकता।
channels-why-not-filed = मेल पढ़ी गई, पर किसी मामले में नहीं रखी जा सकी।
channels-why-reader-failed = मेल पढ़ी नहीं जा सकी।
channels-why-raw-missing = मेल की फ़ाइल नहीं रही।
channels-why-raw-unreadable = मेल की फ़ाइल ख़राब है, या किसी और कुंजी फ़ाइल से बंद की गई थी।
channels-why-no-route = इस मेलबॉक्स के लिए कोई मेल सर्वर तय नहीं है।
channels-why-no-mailbox = भेजने के लिए कोई चालू मेलबॉक्स या पता नहीं है। सेटिंग में मेलबॉक्स जोड़ें, या ग्राहक का पता जोड़ें।
channels-why-not-composed = मेल बनाई नहीं जा सकी; उसका कोई हिस्सा नहीं रहा।
channels-why-sender-failed = भेजते समय प्रोग्राम रुक गया; वह फिर कोशिश करेगा।
channels-why-server-later = मेल सर्वर बाद में आने को कहता है।
channels-why-server-refused = मेल सर्वर यह मेल नहीं लेता।
channels-why-recipient-refused = मेल सर्वर यह पता नहीं मानता। कृपया ग्राहक से पता जाँच लें।
channels-why-bounced = मेल लौट आई।
channels-why-bounced-hard = मेल लौट आई: यह पता काम नहीं करता। कृपया ग्राहक से पता जाँच लें।
channels-why-discarded = किसी ने यह मेल छोड़ दी।
channels-why-undone = भेजने से पहले वापस ली गई।
channels-why-name-not-found = मेल सर्वर का नाम नहीं मिला। देखें कि सही लिखा है।
channels-why-connection-refused = मेल सर्वर के पोर्ट पर कोई उत्तर नहीं देता। पोर्ट जाँचें, और यह कि सर्वर चल रहा है।
channels-why-timed-out = मेल सर्वर ने समय पर उत्तर नहीं दिया। उसका नाम, पोर्ट और बीच का फ़ायरवॉल जाँचें।
channels-why-certificate-not-trusted = मेल सर्वर के प्रमाणपत्र पर भरोसा नहीं है। नाम जाँचें; अपने सर्वर के लिए उसका प्रमाणपत्र प्राधिकरण इंस्टॉलेशन में तय करना होगा।
channels-why-tls-not-offered = मेल सर्वर इस पोर्ट पर सुरक्षा नहीं देता। पोर्ट 587 या 465 आज़माएँ।
channels-why-tls-failed = मेल सर्वर के साथ सुरक्षा तय नहीं हो सकी। दूसरा प्रकार उसके पोर्ट के साथ आज़माएँ।
channels-why-login-refused = मेल सर्वर उपयोगकर्ता नाम या पासवर्ड नहीं मानता।
channels-why-login-not-offered = मेल सर्वर ऐसा कोई साइन-इन नहीं देता जो यहाँ चलता हो।
channels-why-no-mail-server = वहाँ जो उत्तर देता है वह मेल सर्वर नहीं है। नाम और पोर्ट जाँचें।
channels-why-closed = मेल सर्वर से संपर्क टूट गया।
channels-why-bad-root-certificate = इंस्टॉलेशन का अपना प्रमाणपत्र प्राधिकरण पढ़ा नहीं जा सका।

## मेलबॉक्स
channels-mailboxes = मेलबॉक्स
channels-mailboxes-none = अभी कोई मेलबॉक्स नहीं
channels-mailboxes-none-what = वह पता जोड़ें जिस पर आपके ग्राहक लिखते हैं, और उनकी मेल मामले बन जाएँगी।
channels-mailbox-new = नया मेलबॉक्स
channels-mailbox-saved = { $address } सहेज लिया गया।
channels-address = पता
channels-address-hint = इसे बाद में बदला नहीं जा सकता: बातचीत इसी से जुड़ी रहती है।
channels-name = नाम
channels-name-hint = ग्राहक को भेजने वाले के रूप में जो दिखे, जैसे आरोही ग्राहक सेवा।
channels-queue = नए मामलों की कतार
channels-queue-any = जैसा डेस्क में तय है
channels-type = नए मामलों का प्रकार
channels-type-any = जैसा डेस्क में तय है
channels-lang = भाषा
channels-lang-hint = स्वचालित मेल की, जहाँ ग्राहक की अपनी भाषा पता न हो।
channels-signature = हस्ताक्षर
channels-active = चालू
channels-inactive = बंद
channels-active-label = मेल लेता है
channels-active-hint = बंद मेलबॉक्स नई मेल नहीं लेता; उसकी बातचीत बनी रहती है।
channels-smtp = भेजने का मेल सर्वर
channels-smtp-default = इंस्टॉलेशन का अपना
channels-smtp-host = सर्वर
channels-smtp-host-hint = इंस्टॉलेशन के अपने मेल सर्वर से भेजने के लिए खाली छोड़ें।
channels-smtp-port = पोर्ट
channels-smtp-user = उपयोगकर्ता नाम
channels-smtp-secret = पासवर्ड
channels-secret-hint = यह कूट रूप में रखा जाता है और फिर कभी दिखाया नहीं जाता।
channels-secret-kept = पासवर्ड रखा हुआ है। बदलना हो तभी लिखें।
channels-tls = सुरक्षा
channels-tls-starttls = STARTTLS (अक्सर पोर्ट 587)
channels-tls-implicit = शुरू से TLS (अक्सर पोर्ट 465)
channels-tls-none = कोई नहीं (केवल इसी मशीन के सर्वर के लिए)
channels-save = सहेजें
channels-cancel = रद्द करें
channels-try = संपर्क आज़माएँ
channels-probe-fine = सब ठीक है: मेल सर्वर मिला, लाइन सुरक्षित है, और उपयोगकर्ता नाम व पासवर्ड सही हैं।
channels-probe-open = मेल सर्वर मिला और पासवर्ड माना गया, पर लाइन सुरक्षित नहीं है।
channels-probe-no-login = सब ठीक है: मेल सर्वर मिला और लाइन सुरक्षित है। कोई उपयोगकर्ता नाम नहीं आज़माया गया।
channels-probe-open-no-login = मेल सर्वर मिला। लाइन सुरक्षित नहीं है, और कोई उपयोगकर्ता नाम नहीं आज़माया गया।
channels-probe-kept = अभी कुछ सहेजा नहीं गया। आपका लिखा हुआ नीचे है।

## फ़ील्ड की ग़लतियाँ
channels-error-mailbox-exists = यह मेलबॉक्स पहले से है।
channels-error-host = सर्वर के नाम में अक्षर, अंक, बिंदु और डैश होते हैं, जैसे smtp.example.in।
channels-error-port = पोर्ट 1 से 65535 तक की संख्या है।
channels-error-secret-again = सर्वर या उपयोगकर्ता नाम अब दूसरा है, इसलिए पासवर्ड फिर से लिखें।
channels-error-nothing-to-try = आज़माने को कोई सर्वर नहीं है। उसका नाम लिखें, या इंस्टॉलेशन का अपना सर्वर लेने के लिए सहेजें।

## अनुमतियाँ, घटनाएँ और काम
permission-mailbox-manage = मेलबॉक्स जोड़ना और बदलना
permission-mail-queue = आने-जाने वाली मेल देखना, फिर आज़माना, छोड़ना
permission-mail-raw = मेल को उसके मूल रूप में डाउनलोड करना
event-mailbox-added = मेलबॉक्स जोड़ा गया
event-mailbox-changed = मेलबॉक्स बदला गया
event-mail-received = मेल स्वीकार हुई
event-mail-filed = मेल पढ़ी गई
event-mail-failed = मेल मामले में नहीं रखी जा सकी
event-mail-rerun = मेल हाथ से फिर पढ़वाई गई
event-mail-queued = मेल भेजे जाने की प्रतीक्षा में
event-mail-sent = मेल सर्वर को सौंपी गई
event-mail-retried = मेल फिर आज़माई जाएगी
event-mail-refused = मेल नहीं भेजी जा सकी
event-mail-discarded = मेल छोड़ी गई
event-mail-undone = उत्तर वापस लिया गया
job-mail-take = नई मेल पढ़ना
job-mail-send = मेल भेजना
