# सब पन्नों के साझा शब्द। कुंजियाँ "ui-" से शुरू होती हैं।

ui-brand = संपर्क
lang-own-name = हिन्दी

## पन्ने का ढाँचा
ui-skip = सीधे मुख्य सामग्री पर जाएँ
ui-main-nav = मुख्य
ui-workspaces = अन्य कार्यक्षेत्र
ui-your-menu = आपका मेनू
ui-log-out = लॉग आउट
ui-language = भाषा
ui-settings = सेटिंग
ui-theme = रंग
ui-theme-system = अपने-आप
ui-theme-light = हल्का
ui-theme-dark = गहरा
ui-waiting = { $count ->
    [one] { $count } बाकी
   *[other] { $count } बाकी
 }
ui-crumbs = आप यहाँ हैं
ui-close = बंद करें
ui-cancel = रहने दें
ui-not-connected = कनेक्शन नहीं है। यह जानकारी { $time } बजे तक की है।
ui-changed = कुछ नया आया है। देखें

## खोज और आदेश
ui-find-label = खोज और आदेश
ui-find-hint = फ़ोन, नाम, केस नंबर, ई-मेल… या कोई आदेश
ui-find-results = नतीजे
ui-find-none = कुछ नहीं मिला। नाम का कोई हिस्सा या नंबर के आख़िरी अंक लिखकर देखें।
ui-find-failed = खोज से जवाब नहीं मिला। एक बार फिर कोशिश करें।
ui-key-ctrl-k = Ctrl K
ui-key-ctrl-enter = Ctrl ⏎
ui-key-escape = Esc
ui-key-then = फिर
ui-keys-help = कीबोर्ड शॉर्टकट
ui-keys-note = आप किसी भी भाषा में टाइप करते हों, कीबोर्ड पर इन्हीं जगहों की कुंजियाँ काम करती हैं; टाइप करते समय ये नहीं चलतीं।

## फ़ॉर्म
ui-optional = (ज़रूरी नहीं)
ui-form-errors = { $count ->
    [one] एक बात फिर देख लें। आपका लिखा हुआ सुरक्षित है।
   *[other] { $count } बातें फिर देख लें। आपका लिखा हुआ सुरक्षित है।
 }

## सूचियाँ
ui-list = सूची
ui-list-next = सूची में अगला
ui-list-previous = सूची में पिछला
ui-list-select = चुनें
ui-bulk = चुने हुओं के लिए
ui-selected-one = 1 चुना
ui-selected-other = { $n } चुने
ui-clear-selection = चयन हटाएँ
ui-select-row = { $name } को चुनें
ui-unread = अपठित:
ui-more = और दिखाएँ
ui-shown-of = { $total } में से { $shown } दिख रहे हैं
ui-views = कतारें
ui-back-to-list = सूची पर वापस

## बातचीत
ui-conversation = बातचीत
ui-customer = ग्राहक
ui-thread = संदेश
ui-private-note = निजी नोट
ui-new-below = नीचे नया संदेश है
ui-attachments = संलग्न फ़ाइलें
ui-quoted = { $count ->
    [one] पिछला संदेश ({ $count } पंक्ति)
   *[other] पिछला संदेश ({ $count } पंक्तियाँ)
 }

## जवाब लिखना
ui-composer-mode = क्या लिखना है
ui-composer-text = संदेश
ui-reply = जवाब
ui-note = निजी नोट
ui-reply-by = { $channel } से जवाब, इनको:
ui-reply-by-in = { $channel } से, { $language } में जवाब, इनको:
ui-note-to = इसे सिर्फ़ आपके सहकर्मी देख पाएँगे
ui-send-to = { $name } को भेजें
ui-save-note = नोट सहेजें
ui-attach = फ़ाइल जोड़ें
ui-remove-file = यह फ़ाइल हटाएँ
ui-too-many-files = एक संदेश के साथ ज़्यादा से ज़्यादा { $count } फ़ाइलें जा सकती हैं।
ui-draft-saved = ड्राफ़्ट सहेजा गया
ui-draft-saving = सहेजा जा रहा है…
ui-draft-unsaved = अभी सहेजा नहीं गया
ui-draft-failed = सहेजा नहीं जा सका; इसी विंडो में सुरक्षित है
ui-not-sent = कनेक्शन न होने से भेजा नहीं जा सका। आपका लिखा यहीं सुरक्षित है।

## गड़बड़ी
ui-not-found = यहाँ कुछ नहीं है
ui-not-found-what = हो सकता है पता ग़लत लिखा गया हो, या आपकी भूमिका में यह दिखाई न देता हो।
ui-broken = हमारी तरफ़ कुछ गड़बड़ हुई
ui-broken-what = यह सर्वर सँभालने वालों के लिए दर्ज हो गया है।
ui-broken-kept = जो सहेजा जा चुका था वह सुरक्षित है, और आपके ड्राफ़्ट भी।
ui-busy = अभी काम ज़्यादा है
ui-busy-what = सर्वर पिछला काम निपटा रहा है। कुछ सेकंड बाद फिर कोशिश करें।
ui-reference = संदर्भ: { $number }
ui-no-permission = आपकी भूमिका में इसकी अनुमति नहीं है
ui-no-permission-who = इस कार्यक्षेत्र के प्रशासक इसे बदल सकते हैं।

## समय
ui-today = आज
ui-yesterday = बीता कल
ui-tomorrow = आने वाला कल
ui-just-now = अभी
ui-due-in = समय बाकी
ui-due-late = { $span } की देरी
ui-due-paused = रुका हुआ
ui-due-met = समय पर
ui-past-min-one = { $n } मिनट पहले
ui-past-min-other = { $n } मिनट पहले
ui-past-hour-one = { $n } घंटा पहले
ui-past-hour-other = { $n } घंटे पहले
ui-past-day-one = { $n } दिन पहले
ui-past-day-other = { $n } दिन पहले
ui-past-month-one = { $n } महीना पहले
ui-past-month-other = { $n } महीने पहले
ui-past-year-one = { $n } साल पहले
ui-past-year-other = { $n } साल पहले
ui-future-min-one = { $n } मिनट में
ui-future-min-other = { $n } मिनट में
ui-future-hour-one = { $n } घंटे में
ui-future-hour-other = { $n } घंटे में
ui-future-day-one = { $n } दिन में
ui-future-day-other = { $n } दिन में
ui-future-month-one = { $n } महीने में
ui-future-month-other = { $n } महीने में
ui-future-year-one = { $n } साल में
ui-future-year-other = { $n } साल में
ui-span-min-one = { $n } मिनट
ui-span-min-other = { $n } मिनट
ui-span-hour-one = { $n } घंटा
ui-span-hour-other = { $n } घंटे
ui-span-day-one = { $n } दिन
ui-span-day-other = { $n } दिन
ui-span-month-one = { $n } महीना
ui-span-month-other = { $n } महीने
ui-span-year-one = { $n } साल
ui-span-year-other = { $n } साल
ui-wd-1 = सोम
ui-wd-2 = मंगल
ui-wd-3 = बुध
ui-wd-4 = गुरु
ui-wd-5 = शुक्र
ui-wd-6 = शनि
ui-wd-7 = रवि
ui-weekday-1 = सोमवार
ui-weekday-2 = मंगलवार
ui-weekday-3 = बुधवार
ui-weekday-4 = गुरुवार
ui-weekday-5 = शुक्रवार
ui-weekday-6 = शनिवार
ui-weekday-7 = रविवार
ui-mon-1 = जन॰
ui-mon-2 = फ़र॰
ui-mon-3 = मार्च
ui-mon-4 = अप्रैल
ui-mon-5 = मई
ui-mon-6 = जून
ui-mon-7 = जुल॰
ui-mon-8 = अग॰
ui-mon-9 = सित॰
ui-mon-10 = अक्टू॰
ui-mon-11 = नव॰
ui-mon-12 = दिस॰
ui-month-1 = जनवरी
ui-month-2 = फ़रवरी
ui-month-3 = मार्च
ui-month-4 = अप्रैल
ui-month-5 = मई
ui-month-6 = जून
ui-month-7 = जुलाई
ui-month-8 = अगस्त
ui-month-9 = सितंबर
ui-month-10 = अक्टूबर
ui-month-11 = नवंबर
ui-month-12 = दिसंबर
