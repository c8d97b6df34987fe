# डेस्क के शब्द।

## किसी खाने में क्या ग़लत है
error-no-address = इस ग्राहक का कोई ई-मेल पता नहीं है। ग्राहक के रिकॉर्ड में पता जोड़ें, या यहाँ लिखें।
error-file-missing = यह फ़ाइल अब यहाँ नहीं है। कृपया इसे दोबारा जोड़ें।
error-queue-last = कम से कम एक कतार चालू रहनी चाहिए, वरना काम के लिए कोई जगह नहीं रहेगी।
error-category-cycle = कोई श्रेणी अपने ही नीचे नहीं हो सकती: { $cycle }।
error-category-deep = श्रेणियाँ ज़्यादा से ज़्यादा { $max } स्तर तक हो सकती हैं।
error-status-type-fixed = स्थिति का प्रकार नहीं बदलता। इसके बजाय नई स्थिति जोड़ें।
error-status-last-of-type = यह अपने प्रकार की आख़िरी स्थिति है। पहले दूसरी जोड़ें।
error-status-new-again = मामला दोबारा नया नहीं हो सकता। इसके बजाय “खुला” चुनें।

## प्रकार और स्थितियाँ
case-type-complaint = शिकायत
case-type-request = अनुरोध
case-type-query = पूछताछ
case-type-feedback = सुझाव
case-status-new = नया
case-status-open = खुला
case-status-pending_customer = ग्राहक के उत्तर की प्रतीक्षा
case-status-on_hold = रुका हुआ
case-status-resolved = हल हो गया
case-status-closed = बंद

## ग्राहक को मिलने वाला पहला संदेश
ack-greeting = नमस्ते { $name },
ack-number = आपका संदेश ({ $type }) हमें मिल गया है। इसका नंबर { $number } है।
ack-status = इसकी स्थिति आप यहाँ देख सकते हैं: { $url }
ack-answer = कुछ और बताना हो तो बस इसी संदेश का उत्तर दें।

## नई डेस्क की शुरुआत
seed-front-desk = स्वागत डेस्क
seed-sales = बिक्री
seed-sales-enquiry = उत्पाद की जानकारी
seed-sales-booking = बुकिंग और डिलीवरी
seed-service = सर्विस
seed-service-booking = सर्विस बुकिंग
seed-service-quality = काम की गुणवत्ता
seed-service-parts = कलपुर्ज़े
seed-billing = बिल
seed-billing-bill = बिल में ग़लती
seed-billing-refund = पैसे की वापसी
seed-other = अन्य

## इनबॉक्स
desk-views = सूचियाँ
desk-queues = कतारें
desk-queue = कतार
desk-view-mine = मेरे
desk-view-unassigned = अभी किसी के नहीं
desk-view-open = सभी खुले
desk-view-waiting = ग्राहक के उत्तर की प्रतीक्षा
desk-view-done = पूरे हुए
desk-count = { $count ->
    [one] { $count } मामला
   *[other] { $count } मामले
 }
desk-order = क्रम
desk-most-urgent = सबसे ज़रूरी
desk-newest = सबसे नए
desk-new-case = नया मामला
desk-choose = कोई मामला चुनें
desk-choose-hint = सबसे ज़रूरी सबसे ऊपर है। J और K से सूची में चलें, Enter से खोलें।
desk-nothing-waits = यहाँ कुछ बाकी नहीं है
desk-nothing-waits-hint = नए संदेश यहाँ अपने आप आ जाते हैं।
desk-none = यहाँ कोई मामला नहीं है
desk-none-hint = नए मामले यहाँ अपने आप आ जाते हैं।
desk-none-mine = आपका कोई मामला खुला नहीं है
desk-none-mine-hint = जो अभी किसी का नहीं है उसे ले लें, या किसी के देने की प्रतीक्षा करें।
desk-none-done = अभी कुछ पूरा नहीं हुआ है
desk-none-done-hint = हल हुए और बंद मामले यहाँ रहते हैं, सबसे नए सबसे ऊपर।
desk-to-unassigned = जो किसी के नहीं हैं उन्हें देखें
desk-to-open = सभी खुले मामले देखें
desk-waiting-since = प्रतीक्षा कब से:
desk-opened = खुला:
desk-yours = आपका
desk-nobodys = अभी किसी का नहीं
desk-related = इसी बारे में:

## मामलों के प्रकार
desk-channel-email = ई-मेल
desk-channel-web = वेब फ़ॉर्म
desk-channel-phone = फ़ोन
desk-channel-chat = चैट
desk-channel-sms = SMS
desk-channel-social = सोशल मीडिया
desk-channel-walk-in = मिलकर
desk-channel-letter = चिट्ठी
desk-channel-api = प्रोग्राम
desk-priority-low = कम ज़रूरी
desk-priority-normal = सामान्य
desk-priority-high = ज़रूरी
desk-priority-urgent = बहुत ज़रूरी

## मामला
desk-take = ले लें
desk-taken = अब यह आपका है।
desk-taken-already = कोई और पहले ले चुका है: अब यह उनका है।
desk-assign = सौंपें
desk-assign-title = यह किसका है, और किस कतार में रहेगा?
desk-assigned = सौंप दिया गया।
desk-given-away = सौंप दिया गया। अब यह उन मामलों में नहीं है जो आप देख सकते हैं।
desk-me = मैं
desk-nobody = कोई नहीं
desk-no-queue = कोई कतार नहीं
desk-owner = किसके पास
desk-resolve = हल हुआ
desk-resolved = हल हो गया।
desk-reopen = फिर खोलें
desk-reopened = फिर खुल गया।
desk-more = और काम
desk-set-status = स्थिति बदलें
desk-status-set = स्थिति बदल गई।
desk-undone = वापस ले लिया गया।
desk-edit = मामला बदलें
desk-save = सहेजें
desk-saved = सहेजा गया।
desk-subject = विषय
desk-type = प्रकार
desk-category = श्रेणी
desk-no-category = कोई नहीं
desk-priority = प्राथमिकता
desk-now = अभी:
desk-changed-meanwhile = इस बीच किसी और ने यह मामला सहेजा है। आपका लिखा यहीं है; जहाँ अंतर है, वहाँ अभी जो है वह खाने के नीचे दिखाया गया है। अपना रखने के लिए फिर सहेजें।

## बातचीत
desk-older = पहले के संदेश दिखाएँ
desk-to-newest = सबसे नए संदेशों पर जाएँ
desk-automatic = अपने आप भेजा गया उत्तर
desk-by-machine = मशीन का भेजा हुआ
desk-other-address = यह ग्राहक के पतों में से नहीं है
desk-as-sent = जैसा भेजा गया था वैसा दिखाएँ
desk-to = प्रति
desk-state-queued = भेजने की प्रतीक्षा में
desk-state-sent = भेजा गया
desk-state-delivered = पहुँच गया
desk-state-read = पढ़ा गया
desk-state-failed = नहीं पहुँचा।
desk-event-opened = मामला खुला: { $channel }
desk-event-opened-by = { $who } ने मामला खोला, { $channel }
desk-event-came-back = ग्राहक ने फिर लिखा: मामला दोबारा खुल गया
desk-event-reopened = { $who } ने मामला फिर खोला
desk-event-status = { $who }: स्थिति “{ $status }”
desk-event-changed = { $who } ने बदला: { $fields }
desk-event-took = { $who } ने मामला लिया
desk-event-given = { $who } ने मामला { $owner } को सौंपा
desk-event-let-go = { $who } ने मामला लौटाया: अब यह किसी का नहीं है
desk-event-queue = { $who } ने इसे “{ $queue }” में रखा
desk-field-type = प्रकार
desk-field-subject = विषय
desk-field-category = श्रेणी
desk-field-priority = प्राथमिकता

## लिखना
desk-read-only = आप यह मामला पढ़ सकते हैं। उत्तर देने के लिए दूसरी भूमिका चाहिए।
desk-no-address = उत्तर भेजने के लिए कोई ई-मेल पता नहीं है। पहले ग्राहक के रिकॉर्ड में पता जोड़ें।
desk-send-and = भेजें और…
desk-send-waiting = भेजें और ग्राहक की प्रतीक्षा करें
desk-send-resolve = भेजें और हल हुआ मानें
desk-text-missing = पहले कुछ शब्द लिखें। जोड़ी गई फ़ाइलें यहीं हैं।
desk-take-back = वापस लें
desk-sent-resolved = भेज दिया गया, और मामला हल हो गया।
desk-files-too-large = एक संदेश की सारी फ़ाइलें मिलाकर { $max } MB तक हो सकती हैं। इनमें से कोई नहीं जोड़ी गई; आपका लिखा यहीं है।
desk-files-too-many = एक संदेश के साथ ज़्यादा से ज़्यादा { $max } फ़ाइलें जा सकती हैं। इनमें से कोई नहीं जोड़ी गई; आपका लिखा यहीं है।

## मामले के साथ ग्राहक
desk-customer-since = ग्राहक कब से:
desk-open-with-us = हमारे पास खुले
desk-before = पहले के
desk-this-one = यही
desk-all-cases = इस ग्राहक के सभी मामले

## ढूँढना
desk-find-lead = मामले का नंबर, फ़ोन नंबर, नाम, ई-मेल पता, या कोई काम।
desk-found-cases = मामले
desk-found-nothing = कुछ नहीं मिला
desk-commands = काम

## हाथ से खोला गया मामला
desk-whose = यह किसका मामला है?
desk-whose-none = कोई नहीं मिला। नीचे नया ग्राहक भरें।
desk-somebody-else = कोई और
desk-new-customer = नया ग्राहक
desk-channel = कैसे आया
desk-what-was-said = ग्राहक ने क्या कहा
desk-usual-queue = जो आम तौर पर होती है
desk-open-case = मामला खोलें
desk-case-opened = मामला { $number } खुल गया।
desk-cases = मामले
desk-no-cases-yet = अभी कोई मामला नहीं है।

## डेस्क की सेटिंग
desk-settings = कतारें, श्रेणियाँ और स्थितियाँ
desk-settings-lead = जो अब चालू नहीं है वह पुराने मामलों पर बना रहता है, और आगे नहीं दिया जाता।
desk-categories = श्रेणियाँ
desk-statuses = स्थितियाँ
desk-name = नाम
desk-team = कौन-सी टीम देखती है
desk-no-team = वे सब जो सभी मामले देख सकते हैं
desk-status = स्थिति
desk-in-use = चालू
desk-not-in-use = चालू नहीं
desk-change = बदलें
desk-queue-add = कतार जोड़ें
desk-queue-change = कतार बदलें
desk-category-add = श्रेणी जोड़ें
desk-category-change = श्रेणी बदलें
desk-parent = किसके नीचे
desk-no-parent = सबसे ऊपर
desk-mostly = ज़्यादातर
desk-no-hint = कोई सुझाव नहीं
desk-status-add = स्थिति जोड़ें
desk-status-change = स्थिति बदलें
desk-means = इसका अर्थ
desk-position = अपने प्रकार में स्थान
desk-position-wrong = कृपया 0 से 999 तक कोई संख्या लिखें।

## ग्राहक को क्या दिखता है
desk-public-new = हमें मिल गया है
desk-public-open = हम इस पर काम कर रहे हैं
desk-public-pending = हमने आपसे कुछ पूछा है और आपके उत्तर की प्रतीक्षा है
desk-public-hold = यह हमारी कंपनी के बाहर किसी के लिए रुका है
desk-public-resolved = यह हल हो गया है
desk-public-closed = यह बंद हो गया है
desk-opened-on = मिला
desk-last-word = पिछला बदलाव
desk-add-something = कुछ और बताना हो तो
desk-add-something-how = जिस मेल के विषय में यह नंबर है, बस उसी का उत्तर दें। वह उन्हीं लोगों तक पहुँचता है जो इस पर काम कर रहे हैं। अगर बात हल नहीं हुई, तो उत्तर देने से यह फिर खुल जाता है।
desk-link-unknown = इस लिंक पर कुछ नहीं है
desk-link-unknown-what = हो सकता है पता ग़लत लिखा हो या बहुत पुराना हो। हमारे भेजे हुए मेल का उत्तर दें, हम बता देंगे कि बात कहाँ तक पहुँची।

## समय-रेखा की घटनाएँ
event-case-opened = मामला खुला
event-case-reopened = मामला फिर खुला
event-case-assigned = मामला सौंपा गया
event-case-status-changed = मामले की स्थिति बदली
event-case-changed = मामले का विवरण बदला
event-message-received = संदेश मिला
event-message-queued = उत्तर लिखा गया
event-message-noted = निजी नोट लिखा गया
event-message-sent = उत्तर भेजा गया
event-message-delivered = उत्तर पहुँचा
event-message-read = उत्तर पढ़ा गया
event-message-failed = उत्तर नहीं पहुँचा
event-message-bounced = उत्तर लौट आया
event-queue-saved = कतार सहेजी गई
event-category-saved = श्रेणी सहेजी गई
event-status-saved = स्थिति सहेजी गई

## अनुमतियाँ
permission-case-read = मामले और उनकी बातचीत देखना
permission-case-reply = ग्राहकों को उत्तर देना और नोट लिखना
permission-case-assign = मामले सौंपना
permission-case-change = मामले और उनकी स्थिति बदलना
permission-case-create = मामले खोलना
permission-desk-configure = कतारें, श्रेणियाँ और स्थितियाँ तय करना
